#!/usr/bin/env python3
"""A compiler for tally files, in which each line is `NAME: NUMBER …`."""

import json
import sys
from pathlib import Path


def read(request):
    source = Path(request["source"])
    functions = []
    for line in source.read_text().splitlines():
        name, numbers = line.split(":")
        functions.append(
            {
                "name": name,
                "comment": f"Adds {numbers.strip()}.",
                "entity_path": {"callable": name},
                "return_values": [{"name": "", "type": "int64"}],
            }
        )
    return {
        "idl": {
            "idl_source": source.stem,
            "target_language": "tally",
            "modules": [{"name": source.stem, "functions": functions}],
        }
    }


def emit(request):
    idl = request["idl"]
    names = [function["name"] for module in idl["modules"] for function in module["functions"]]
    return {"files": [{"path": f"{idl['idl_source']}.stubs", "text": "\n".join(names) + "\n"}]}


for line in sys.stdin:
    request = json.loads(line)
    match request["do"]:
        case "read":
            answer = read(request)
        case "build":
            answer = {"guest": {"not_needed": "a tally file is loaded as it is"}}
        case "emit":
            answer = emit(request)
        case _:
            answer = {"error": {"message": f"tally cannot {request['do']}"}}
    print(json.dumps(answer), flush=True)
