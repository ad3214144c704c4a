"""Validates ninjs documents against the official ninjs 3.1 schema, which is not part of this repository.

Usage: ninjs_schema_test.py SCHEMA DOCUMENT...
Exit 0: no error. 1: errors, each on a line. 77: python3-jsonschema is not here.
`format: uri` is checked only where rfc3986-validator (or rfc3987) is installed; the output says so.
"""
import json
import sys

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is not present")
    sys.exit(77)

GEOJSON = "https://geojson.org/schema/GeoJSON.json"


def main(schema_path, documents):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    # GeoJSON is referred to by URL: nothing is fetched, any object passes.
    store = {GEOJSON: {}, GEOJSON + "#": {}, schema["$id"]: schema}
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=store)
    formats = jsonschema.FormatChecker()
    checks_uris = "uri" in formats.checkers
    validator = jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=formats)
    if next(validator.iter_errors({"uri": "tag:a,2022:b", "nonsense": 1}), None) is None:
        print("the schema refuses nothing: this check would prove nothing")
        return 1
    wrong = 0
    for path in documents:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        for error in validator.iter_errors(document):
            wrong += 1
            print(f"{path}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
    print(f"{len(documents)} documents, {wrong} errors, uri format {'checked' if checks_uris else 'NOT checked'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
