"""The seeds of the fuzz targets: a module a subject, each with SEEDS = {target: {name: bytes or text}}."""
