"""Train, measure and package the English news pipeline that Timeline ships in ``data/pipeline``."""
