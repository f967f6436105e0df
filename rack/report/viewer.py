"""The 3D view of a module, inside the page: vtk.js from an installed package, taken at build time.

The viewer is a page of its own, shown in a frame once it is asked for: what it does to its page
does nothing to ours. Without script, without WebGL or without the package the picture stays.
"""

import base64
import json
from html import escape
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "trame_vtk"  # comes with CadQuery
PAGE = Path("tools") / "static_viewer.html"

# Shows the view in place of the picture, and the picture again; Escape does that too.
SCRIPT = """
(function(){
function page(data){
 var load='<script>function loadDataSet(){OfflineLocalView.load(document.body,{base64Str:"'+data+
 '"})}<\\/script>';
 var at=VIEWER.lastIndexOf('</body>');
 return VIEWER.slice(0,at)+load+VIEWER.slice(at)}
function can(){try{return !!document.createElement('canvas').getContext('webgl2')}
 catch(e){return false}}
var any=can();
document.querySelectorAll('button.turn').forEach(function(button){
 if(!any){return}
 button.hidden=false;
 var figure=button.closest('article').querySelector('.look');
 button.addEventListener('click',function(){
  var frame=figure.querySelector('iframe');
  if(frame){frame.remove();figure.classList.remove('turning')}
  else{frame=document.createElement('iframe');
   frame.title=button.dataset.what;
   frame.srcdoc=page(document.getElementById(button.dataset.scene).textContent.trim());
   figure.appendChild(frame);figure.classList.add('turning')}
  var open=figure.classList.contains('turning');
  button.setAttribute('aria-expanded',open);
  button.textContent=open?'Show the picture':'Turn it in 3D'});
 button.closest('article').addEventListener('keydown',function(event){
  if(event.key==='Escape'&&figure.classList.contains('turning')){button.click();button.focus()}})
})})();
"""

STYLE = """
.look{position:relative}
.look.turning img{visibility:hidden}
.look iframe{position:absolute;inset:0;width:100%;height:100%;border:0}
button.turn{font:inherit;font-size:.9rem;color:var(--mark);background:none;cursor:pointer;
border:1px solid var(--line);border-radius:.4rem;padding:.25rem .6rem;margin-top:.4rem}
button.turn:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
@media print{button.turn{display:none}}
"""


def viewer_page() -> str | None:
    """Return the viewer's page as the installed package has it; `None` if it is not there."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        return None
    page = Path(next(iter(found.submodule_search_locations))) / PAGE
    return page.read_text(encoding="utf-8") if page.is_file() else None


def viewer_script(page: str) -> str:
    """Return the script that opens views, with the viewer in it.

    Args:
        page: the viewer.
    """
    told = json.dumps(page, ensure_ascii=False).replace("</", "<\\/")
    return f"<script>var VIEWER={told};{SCRIPT}</script>"


def turn_button(label: str, what: str) -> str:
    """Return the button that opens a module's view; hidden until the script finds it can.

    Args:
        label: of the module.
        what: the view in words.
    """
    return (
        f'<button class="turn" type="button" hidden aria-expanded="false" '
        f'data-scene="scene-{escape(label)}" data-what="{escape(what)}">Turn it in 3D</button>'
    )


def scene_data(label: str, scene: bytes) -> str:
    """Return a module's scene, inert until its view is opened.

    Args:
        label: of the module.
        scene: as `mounts.files.web_scene` makes it.
    """
    data = base64.b64encode(scene).decode()
    return f'<script type="text/plain" id="scene-{escape(label)}">{data}</script>'
