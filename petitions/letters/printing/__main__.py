"""`python -m petitions.letters.printing pdf docx PROCESSOR CLOCK MEMORY OUTPUT`: a DOCX as standard input, its PDF as a frame on standard output.

It reaches for nothing: the only addresses it follows are those of the letters' typeface beside the program.
"""

import io
import sys
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from petitions.documents.confining import confine, tell
from petitions.letters.printing import markup

TYPEFACE = Path(__file__).parents[2] / "web" / "static" / "vendor" / "letters"
HANDS = (("regular", 400, "normal"), ("italic", 400, "italic"), ("bold", 700, "normal"), ("bold-italic", 700, "italic"))
DECLARED = "@font-face{{font-family:Tinos;font-weight:{weight};font-style:{style};src:url({address})}}"
MOST_FILES = 128


class Beside(URLFetcher):  # type: ignore[misc]
    """Files of the typeface, and nothing else."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The file, when it is one of the typeface's."""
        if not url.startswith(TYPEFACE.as_uri() + "/"):
            raise ValueError(url)
        return super().fetch(url, headers)


def main(words: list[str]) -> int:
    """Print; 0 when an answer was given, be it why there is no PDF."""
    confine(*(int(word) for word in words[2:6]), files=MOST_FILES)
    try:
        made, pages = printed(sys.stdin.buffer.read())
    except markup.NotPrinted as lost:
        tell({"lost": str(lost)}, {}, sys.stdout.buffer)
    else:
        tell({"pages": pages}, {"pdf": made}, sys.stdout.buffer)
    return 0


def printed(content: bytes) -> tuple[bytes, int]:
    """The PDF of a DOCX, and how many pages it has."""
    declared = "".join(DECLARED.format(weight=weight, style=style, address=f"{TYPEFACE.as_uri()}/{name}.ttf") for name, weight, style in HANDS)
    letters = FontConfiguration()
    pages: list[Any] = []
    whole: Any = None
    for part in markup.parts(content, declared):
        start = part.starts or len(pages) + 1
        html = part.html.replace("</style>", f"html{{counter-reset:page {start - 1}}}</style>", 1) if start != 1 else part.html
        whole = weasyprint.HTML(string=html, url_fetcher=Beside()).render(font_config=letters)
        pages += whole.pages
    target = io.BytesIO()
    whole.copy(pages).write_pdf(target)
    return target.getvalue(), len(pages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
