// What the page of parts does: lights parts up, ticks them off, finds them.
const all = (what, where = document) => [...where.querySelectorAll(what)];
const kinds = all('.kind:not(.apart)'), boxes = all('.refs input');
const find = document.querySelector('#find');
const key = document.body.dataset.key, sides = all('.bar [data-show]');
const of = kind => all('.refs input', kind);
let store = null;
try { store = window.localStorage; } catch { /* a page may be kept from it */ }

function light(refs) {
  const on = new Set(refs);
  for (const part of all('.part')) part.classList.toggle('on', on.has(part.dataset.ref));
  for (const box of boxes) {
    box.parentElement.classList.toggle('now', on.size === 1 && on.has(box.dataset.ref));
  }
}
function choose(kind, ref) {
  for (const one of kinds) {
    one.classList.toggle('now', one === kind);
    const pick = one.querySelector('.pick');
    pick.setAttribute('aria-pressed', one === kind);
  }
  light(!kind ? [] : ref ? [ref] : kind.dataset.refs.split(' '));
  if (kind) kind.scrollIntoView({block: 'nearest'});
}
function count() {
  for (const kind of kinds) {
    const mine = of(kind), placed = mine.filter(box => box.checked).length;
    const whole = kind.querySelector('.all input');
    whole.checked = placed === mine.length;
    whole.indeterminate = placed > 0 && placed < mine.length;
    kind.classList.toggle('done', whole.checked);
  }
  const placed = boxes.filter(box => box.checked).map(box => box.dataset.ref);
  document.querySelector('#placed').textContent = `${placed.length} of ${boxes.length} placed`;
  try { store?.setItem(key, placed.join(' ')); } catch { /* full, or forbidden */ }
}
function show(side) {
  for (const one of sides) one.setAttribute('aria-pressed', one.dataset.show === side);
  for (const svg of all('.look svg')) {
    svg.toggleAttribute('hidden', side !== 'both' && svg.dataset.side !== side);
  }
}
function filter() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const kind of all('.kind')) {
    const text = kind.textContent.toLowerCase(), refs = kind.dataset.refs.toLowerCase().split(' ');
    kind.hidden = !words.every(word => refs.includes(word) || text.includes(word));
  }
  document.querySelector('#none').hidden = all('.kind:not([hidden])').length > 0;
  const word = words.length === 1 ? words[0].toUpperCase() : '';
  const exact = boxes.find(box => box.dataset.ref.toUpperCase() === word);
  choose(exact ? exact.closest('.kind') : null, exact?.dataset.ref);
}
function step(by) {
  const left = kinds.filter(kind => !kind.hidden);
  if (!left.length) return;
  const now = left.findIndex(kind => kind.classList.contains('now'));
  const next = now < 0 ? (by > 0 ? 0 : left.length - 1) : (now + by + left.length) % left.length;
  choose(left[next]);
  left[next].querySelector('.pick').focus();
}
for (const kind of kinds) {
  kind.querySelector('.pick').addEventListener('click', () =>
    choose(kind.classList.contains('now') ? null : kind));
  kind.querySelector('.all input').addEventListener('change', event => {
    for (const box of of(kind)) box.checked = event.target.checked;
    choose(kind);
    count();
  });
}
for (const box of boxes) {
  box.addEventListener('change', () => { choose(box.closest('.kind'), box.dataset.ref); count(); });
  box.addEventListener('focus', () => {
    if (box.matches(':focus-visible')) choose(box.closest('.kind'), box.dataset.ref);
  });
}
for (const part of all('.part')) part.addEventListener('click', () => {
  const box = boxes.find(one => one.dataset.ref === part.dataset.ref);
  if (!box) { choose(null); light([part.dataset.ref]); return; }
  find.value = '';
  filter();
  choose(box.closest('.kind'), part.dataset.ref);
});
for (const one of sides) one.addEventListener('click', () => show(one.dataset.show));
document.querySelector('#clear').addEventListener('click', () => {
  for (const box of boxes) box.checked = false;
  count();
});
find.addEventListener('input', filter);
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') { find.value = ''; filter(); find.blur(); return; }
  if (event.target === find) {
    if (event.key === 'Enter' || event.key === 'ArrowDown') { event.preventDefault(); step(1); }
    return;
  }
  const does = {ArrowDown: () => step(1), ArrowUp: () => step(-1), '/': () => find.focus(),
    f: () => show('front'), b: () => show('back'), a: () => show('both')}[event.key];
  if (does) { event.preventDefault(); does(); }
});
let kept = [];
try { kept = (store?.getItem(key) ?? '').split(' '); } catch { /* as above */ }
for (const box of boxes) box.checked = kept.includes(box.dataset.ref);
show(matchMedia('(max-width: 60rem)').matches ? 'front' : 'both');
count();
