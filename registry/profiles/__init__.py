"""Profile templates: a ministry's own questionnaires, whose questions become fields at run time."""
