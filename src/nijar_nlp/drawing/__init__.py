"""Numbers, dates and places into the geometry of charts, timelines and maps, drawn as SVG by templates."""

from nijar_nlp.drawing.charts import Bar, Chart, Mark, chart
from nijar_nlp.drawing.outlines import Frame, frame, names, paths
from nijar_nlp.drawing.years import Timeline, Years, timeline

__all__ = [
    "Bar",
    "Chart",
    "Frame",
    "Mark",
    "Timeline",
    "Years",
    "chart",
    "frame",
    "names",
    "paths",
    "timeline",
]
