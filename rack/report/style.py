"""The report's own look, beside that of all our pages."""

STYLE = """
.two{display:grid;gap:1.5rem 2.5rem;grid-template-columns:minmax(0,22rem) minmax(0,1fr);
align-items:start}
.rear{margin:1rem 0 .4rem}.note{margin-top:1.2rem}
.faces{display:grid;gap:.6rem 2.5rem;align-items:start;
grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),22rem))}.faces .rear{margin-top:0}
h3[id]{margin-top:1.6rem}h3:target{color:var(--mark)}
.row{overflow-x:auto;margin:.8rem 0 1.6rem}.row svg{max-width:calc(var(--many)*22rem)}
.modules{display:grid;gap:1.2rem;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr))}
article{background:var(--card);border-radius:.6rem;overflow:hidden;display:flex;
flex-direction:column}
article>div{padding:.7rem 1rem}
article>.look,article>.above{padding:0}
article>.look img{height:17rem;object-fit:contain}
article>.above img{height:13rem;object-fit:contain}
article>.above{margin-top:auto}
article img{display:block;width:100%;height:auto;background:#fff;
border-bottom:1px solid var(--line)}
.checks details{border-bottom:1px solid var(--line);padding:.5rem 0}
.checks summary{cursor:pointer}.checks summary h3{display:inline}
.checks summary span{color:var(--soft);font-size:.9rem;margin-inline-start:.5rem}
.checks td{overflow-wrap:anywhere}
@media not screen and (max-width:40rem){.checks table{table-layout:fixed}
.checks th:nth-child(1){width:17%}.checks th:nth-child(2){width:17%}
.checks th:nth-child(3){width:9%}.checks th:nth-child(4){width:26%}
.checks th:nth-child(5){width:12%}}
@media print{details::details-content{content-visibility:visible;block-size:auto}
.checks summary{list-style:none}}
.steps{padding:0;list-style:none;counter-reset:step}
.steps>li{counter-increment:step;display:grid;grid-template-columns:2rem minmax(0,1fr);
margin-bottom:1rem;break-inside:avoid;overflow-wrap:anywhere}
.steps>li::before{content:counter(step);font-weight:600;color:var(--mark);font-size:1.2rem}
.steps li li::marker{color:var(--soft)}
.steps img{grid-column:2;display:block;width:100%;max-width:26rem;height:auto;background:#fff;
border:1px solid var(--line);border-radius:.6rem;margin-top:.4rem}
@media(min-width:56rem){.steps>li{gap:0 1rem;
grid-template-columns:2rem minmax(0,1fr) minmax(0,22rem)}
.steps>li>div:last-child{grid-column:2/4}
.steps img{grid-column:3;margin:0}}
.together{white-space:nowrap}
svg .u{fill:var(--soft)}
.files{columns:2 20rem;font-size:.9rem;overflow-wrap:anywhere}
@media(max-width:48rem){.two{grid-template-columns:minmax(0,1fr)}}
@media screen and (max-width:40rem){.row svg{min-width:calc(var(--many)*16rem)}
.modules{grid-template-columns:minmax(0,1fr)}}
@media print{article{break-inside:avoid;border:1px solid #999}
.two{grid-template-columns:minmax(0,22rem) minmax(0,1fr)}}
"""
