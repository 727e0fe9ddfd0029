"""Copy the files of other people's packages that the pages use: node_modules -> petitions/web/static/vendor.

Only what a page loads is copied: style sheets, scripts, letters, and the icons named in petitions/web/icons.txt. The
folder is made anew each time and swapped in whole; manifest.json in it names every file with its SHA-256. It is never
committed: package-lock.json says what it is made from. Needs nothing but Python.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "petitions" / "web" / "static" / "vendor"
ICON_NAMES = ROOT / "petitions" / "web" / "icons.txt"

FILES = {
    "tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler/tabler-vendors.min.css": "@tabler/core/dist/css/tabler-vendors.min.css",
    "tabler/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx/LICENSE": "htmx.org/LICENSE",
    "tom-select/tom-select.bootstrap5.min.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
    "tom-select/tom-select.complete.min.js": "tom-select/dist/js/tom-select.complete.min.js",
    "tom-select/LICENSE": "tom-select/LICENSE",
    "icons/LICENSE": "@tabler/icons/LICENSE",
    "fonts/LICENSE": "@fontsource/be-vietnam-pro/LICENSE",
    # Tinos is as wide as Times New Roman: letters are printed in it (petitions/letters/printing).
    "letters/LICENSE": "@expo-google-fonts/tinos/LICENSE_FONT",
    "letters/regular.ttf": "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf",
    "letters/italic.ttf": "@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "letters/bold.ttf": "@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf",
    "letters/bold-italic.ttf": "@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf",
}
FONT = "@fontsource/be-vietnam-pro"
WEIGHTS = (400, 500, 600, 700)
SUBSETS = ("vietnamese", "latin")
FACE = re.compile(r"/\* be-vietnam-pro-(?P<subset>[a-z-]+)-\d+-normal \*/\s*@font-face \{.*?unicode-range: (?P<range>[^;]+);", re.DOTALL)
SOURCE_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=[^\n]*\n?$")


class Missing(Exception):
    """A file that a page needs is not where its package should have it."""


def main() -> int:
    """Make the folder; 0 when all is there, 1 with one line on standard error when something is missing."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for target, source in FILES.items():
            put(fresh / target, SOURCE_MAP.sub(b"", read(source)))
        fonts(fresh / "fonts")
        icons(fresh / "icons" / "outline")
    except Missing as missing:
        shutil.rmtree(fresh, ignore_errors=True)
        print(f"vendor_assets: {missing}", file=sys.stderr)
        return 1
    count = manifest(fresh)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
    print(f"vendor_assets: {count} files in {VENDOR.relative_to(ROOT)}")
    return 0


def fonts(folder: Path) -> None:
    """Be Vietnam Pro in the weights and scripts that the pages use, and one style sheet that declares them."""
    sheet = []
    for weight in WEIGHTS:
        ranges = {face["subset"]: face["range"] for face in FACE.finditer(read(f"{FONT}/{weight}.css").decode())}
        for subset in SUBSETS:
            if subset not in ranges:
                raise Missing(f"{FONT} {weight} has no letters for {subset}")
            name = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            put(folder / name, read(f"{FONT}/files/{name}"))
            sheet.append(
                '@font-face{font-family:"Be Vietnam Pro";font-style:normal;font-display:swap;'
                f'font-weight:{weight};src:url({name}) format("woff2");unicode-range:{ranges[subset]}}}'
            )
    put(folder / "be-vietnam-pro.css", ("\n".join(sheet) + "\n").encode())


def icons(folder: Path) -> None:
    """The outline icons named in icons.txt (one a line, `#` starts a remark)."""
    names = [line.split("#")[0].strip() for line in ICON_NAMES.read_text(encoding="utf-8").splitlines()]
    wanted = [name for name in names if name]
    lost = [name for name in wanted if not (PACKAGES / f"@tabler/icons/icons/outline/{name}.svg").is_file()]
    if lost:
        raise Missing(f"no icon of this name (petitions/web/icons.txt): {', '.join(lost)}")
    for name in wanted:
        put(folder / f"{name}.svg", read(f"@tabler/icons/icons/outline/{name}.svg"))


def manifest(folder: Path) -> int:
    """Write manifest.json; give back how many files it names."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    versions = {name.removeprefix("node_modules/"): entry["version"] for name, entry in lock.items() if name and not entry.get("dev")}
    files = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}
    put(folder / "manifest.json", json.dumps({"packages": versions, "files": files}, indent=1).encode())
    return len(files)


def read(source: str) -> bytes:
    """The bytes of a file below node_modules."""
    path = PACKAGES / source
    if not path.is_file():
        raise Missing(f"node_modules/{source} is missing; run scripts/setup")
    return path.read_bytes()


def put(target: Path, content: bytes) -> None:
    """Write `content` to `target`, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
