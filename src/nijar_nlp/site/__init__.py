"""The web site's settings, made from config.yaml."""
