"""The report's look: light, dark, narrow, wide and printed."""

STYLE = """
:root{color-scheme:light dark;--ink:#17212b;--soft:#5a6977;--line:#d7dee5;--page:#fff;
--card:#f4f7f9;--mark:#1f6fa8}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#9fb0bf;--line:#33414d;--page:#12181d;
--card:#1b242c;--mark:#74b9e6}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:70rem;margin:0 auto;padding:1.25rem}
h1{font-size:1.9rem;line-height:1.2;margin:.4rem 0 1rem}
h2{font-size:1.25rem;margin:2.2rem 0 .7rem;padding-bottom:.25rem;
border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:.6rem 0 .2rem}
p{margin:.3rem 0 .7rem}
ul{margin:.3rem 0;padding-left:1.2rem}
ul:empty{display:none}
a{color:var(--mark)}
svg{display:block;width:100%;height:auto;max-width:44rem}
.verdict{background:var(--card);border-radius:.6rem;padding:1rem 1.2rem}
.verdict>p{font-size:1.15rem;font-weight:600}
.cards{list-style:none;padding:0;display:grid;gap:.6rem;
grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr))}
.cards b{display:block;font-size:1.35rem}
.cards li{color:var(--soft)}.cards b{color:var(--ink)}
article{display:inline-block;vertical-align:top;width:100%;max-width:33.5rem;
margin:0 .8rem 1.2rem 0}
article img{display:block;width:100%;height:auto;border-radius:.5rem;background:#fff}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line);
vertical-align:top}
th{color:var(--soft);font-weight:600;white-space:nowrap}
td{overflow-wrap:anywhere;min-width:3.2rem}
td.n{font-variant-numeric:tabular-nums;white-space:nowrap}
.files{columns:2 18rem;font-size:.9rem;overflow-wrap:anywhere}
@media print{main{max-width:none;padding:0}
section{break-inside:avoid}.verdict{border:1px solid #999}}
"""
