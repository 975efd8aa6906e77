"""Documents that try to make the PDF engine fetch something.

WEB stands for a server, SECRET for the folder of files that no document may read.
"""

from urllib.parse import quote

WEB = "http://attacker.invalid"


def svg(inside: str, before: str = "") -> str:
    """A picture that is itself a document, and may name others."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    drawing = f'{before}<svg {names} width="90" height="90">{inside}</svg>'
    return f'<img src="data:image/svg+xml,{quote(drawing)}">'


def styled(rule: str) -> str:
    return f"<style>{rule}</style><p>Styled.</p>"


TO_THE_NETWORK = {
    "a picture": f'<img src="{WEB}/a.png">',
    "a picture of this machine": '<img src="http://localhost:8000/a.png">',
    "a picture of the cloud's own address": '<img src="http://169.254.169.254/latest/meta-data/">',
    "a picture without a scheme": '<img src="//attacker.invalid/a.png">',
    "a linked style sheet": f'<link rel="stylesheet" type="text/css" href="{WEB}/a.css"><p>Linked.</p>',
    "an imported style sheet": styled(f"@import url({WEB}/a.css);"),
    "an imported style sheet, quoted": styled(f'@import "{WEB}/a.css";'),
    "a font of a style sheet": styled(
        f"@font-face {{font-family: f; src: url({WEB}/f.ttf)}} p {{font-family: f}}"
    ),
    "a font of the engine's own tag": f'<pdf:font name="f" src="{WEB}/f.ttf"/><p>Written.</p>',
    "a background": f'<div style="background-image: url({WEB}/a.png)">Over it.</div>',
    "a background of the page": styled(f"@page {{background-image: url({WEB}/a.png)}}"),
    "a PDF as background": styled(f"@page {{background-image: url({WEB}/a.pdf)}}"),
    "another PDF put in": f'<pdf:insertpdf src="{WEB}/a.pdf"/><p>After it.</p>',
    "a picture for a bullet": f'<ul style="list-style-image: url({WEB}/a.png)"><li>One</li></ul>',
    "a button that is a picture": f'<input type="image" src="{WEB}/a.png">',
    "frames and objects": f'<iframe src="{WEB}/a"></iframe><object data="{WEB}/b"></object><embed src="{WEB}/c">',
    "a base for addresses": f'<base href="{WEB}/"><img src="a.png">',
    "a background of a table": f'<table background="{WEB}/a.png"><tr><td>One</td></tr></table>',
    "a template of the engine's own tag": f'<pdf:template name="t" background="{WEB}/a.pdf"></pdf:template>',
    "a picture within an SVG of the page": f'<svg aria-hidden="true"><image href="{WEB}/a.png"/></svg>',
    "a picture within an SVG": svg(f'<image xlink:href="{WEB}/a.png" width="9" height="9"/>'),
    "a style sheet within an SVG": svg(
        f"<style>@import url({WEB}/a.css);</style><path d='M0 0h9'/>",
        before=f"<?xml-stylesheet href='{WEB}/b.css'?>",
    ),
}

TO_THE_DISK = {
    "a picture by its address": '<img src="file://SECRET/secret.png">',
    "a picture by its path": '<img src="SECRET/secret.png">',
    "a picture beside the working folder": '<img src="secret.png">',
    "a picture above our own": '<img src="../../../../../../../../../..SECRET/secret.png">',
    "a picture that leads elsewhere": '<img src="fonts/link.png">',
    "a linked style sheet of the disk": '<link rel="stylesheet" type="text/css" href="file://SECRET/secret.css">',
    "an imported style sheet of the disk": styled("@import url(SECRET/secret.css);"),
    "a file of the system put in": '<pdf:insertpdf src="/etc/passwd"/><p>After it.</p>',
    "a picture of the disk within an SVG": svg(
        '<image xlink:href="file://SECRET/secret.png" width="9" height="9"/>'
    ),
    "an entity that is a file": svg(
        "<text y='9'>&x;</text>",
        before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file://SECRET/secret.txt">]>',
    ),
}

ATTACKS = TO_THE_NETWORK | TO_THE_DISK

# What the engine does when nobody tells it otherwise: without these, the tests would prove nothing.
STOCK_ENGINE_IS_HARMLESS = {
    *(
        "a picture without a scheme",
        "a base for addresses",
        "a button that is a picture",
        "frames and objects",
    ),
    *("a picture within an SVG of the page", "a picture within an SVG", "a style sheet within an SVG"),
    *("a background of a table", "a template of the engine's own tag", "a file of the system put in"),
    *("a picture of the disk within an SVG", "an entity that is a file"),
}
