"""Makes a platform wheel, which contains native libraries and the whole installation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Sets the platform of the wheel, and adds the SBOMs of third-party code."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Set the tag from ``METAFFI_WHEEL_PLATFORM``, as in ``manylinux_2_28_x86_64``."""
        platform = os.environ.get("METAFFI_WHEEL_PLATFORM")
        if platform is None:
            raise RuntimeError("build the wheel with ./dev dist, which builds its native part")
        build_data["pure_python"] = False
        build_data["tag"] = f"cp311-abi3-{platform}"
        sboms = sorted(Path(self.root).glob("*.cdx.json"))
        build_data["sbom_files"] = [str(sbom) for sbom in sboms]
