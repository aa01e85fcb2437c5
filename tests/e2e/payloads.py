"""What an article can bring along to act, load or look by itself where it is read later. Each piece of code that runs
says so in `window.ran`, and on the companion's own pages with a dialog as well."""

CODE = "window.ran=1;if(location.hostname==='127.0.0.1')alert(1)"
ENCODED = "".join(f"&#{ord(letter)};" for letter in "javascript:") + CODE

SCRIPTS = (
    f"<script>{CODE}</script>",
    f'<img src="missing" onerror="{CODE}">',
    f'<svg onload="{CODE}"><circle r="9"/></svg>',
    f"<svg><script>{CODE}</script></svg>",
    f'<svg><animate attributeName="x" dur="1s" onbegin="{CODE}"/></svg>',
    f'<svg><a href="javascript:{CODE}"><text y="20">a drawn link</text></a></svg>',
    f'<svg><foreignObject><iframe srcdoc="<script>parent.{CODE}</script>"></iframe></foreignObject></svg>',
    "<math><mtext><table><mglyph><style><!--</style>"
    f'<img title="--&gt;&lt;img src=missing onerror={CODE}&gt;"></table></mtext></math>',
    f'<noscript><p title="</noscript><img src=missing onerror={CODE}>"></noscript>',
    f'<template><img src="missing" onerror="{CODE}"></template>',
    f'<form><math><mtext></form><form><mglyph><style></math><img src="missing" onerror="{CODE}"></style></form>',
    f'<a href="javascript:{CODE}">a link that acts</a>',
    f'<a href="java&#9;script:{CODE}">a link with a tab in it</a>',
    f'<a href="{ENCODED}">a link in numbers</a>',
    f'<a href="data:text/html,<script>{CODE}</script>">a link with a page in it</a>',
    f'<iframe srcdoc="<script>parent.{CODE}</script>"></iframe>',
    f'<iframe src="javascript:parent.{CODE}"></iframe>',
    f'<details open ontoggle="{CODE}"><summary>More</summary>and more</details>',
    f'<input autofocus onfocus="{CODE}">',
    f'<audio src="missing" onerror="{CODE}"></audio>',
    f'<marquee onstart="{CODE}">moving</marquee>',
    f'<p onclick="{CODE}" onmouseover="{CODE}">A passage under the mouse.</p>',
)


def loads(beacon: str) -> tuple[str, ...]:
    """What would ask the address `beacon` for something, without a script."""
    return (
        f'<img src="{beacon}" srcset="{beacon} 2x" alt="A picture">',
        f'<picture><source srcset="{beacon}"><img src="{beacon}"></picture>',
        f'<p style="background: url({beacon})">A passage with a background.</p>',
        f"<style>@import '{beacon}'; p {{ background: url({beacon}) }}</style>",
        f'<link rel="stylesheet" href="{beacon}"><link rel="prefetch" href="{beacon}">',
        f'<iframe src="{beacon}"></iframe><object data="{beacon}"></object><embed src="{beacon}">',
        f'<video src="{beacon}" poster="{beacon}" autoplay></video><audio src="{beacon}" autoplay></audio>',
        f'<svg><image href="{beacon}"/><use href="{beacon}#x"/></svg>',
        f'<form action="{beacon}"><button>Send</button></form>',
        f'<p>A passage of plain words with <a href="{beacon}" ping="{beacon}">a link</a> that may stay in it.</p>',
    )


def leads_away(beacon: str) -> str:
    """What would put another page in the place of this one."""
    return f'<base href="{beacon}/"><meta http-equiv="refresh" content="0;url={beacon}">'
