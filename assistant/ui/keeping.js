// Runs once for the hidden component through which conversations reach the browser's storage; `element`, `trigger` and
// `watch` are gradio's. Each conversation has an entry of its own there, so that two tabs do not overwrite each other's:
// of one conversation the newest version stays, and what was deleted in any tab stays deleted.
const prefix = "communique/kept/";
const most = { conversations: 200, characters: 1500000 };
const gone = () => JSON.parse(localStorage.getItem("communique/gone") ?? "[]");
const entries = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
const dropOldest = (except) => {
	const others = entries().filter((key) => key !== except);
	const age = (key) => JSON.parse(localStorage.getItem(key)).changed;
	const oldest = others.reduce((found, key) => (found && age(found) <= age(key) ? found : key), "");
	if (oldest) localStorage.removeItem(oldest);
	return Boolean(oldest);
};
const isFull = () => {
	const keys = entries();
	const size = keys.reduce((sum, key) => sum + localStorage.getItem(key).length, 0);
	return keys.length > most.conversations || size > most.characters;
};
const write = (key, text) => {
	for (;;) {
		try {
			localStorage.setItem(key, text);
			break;
		} catch {
			if (!dropOldest(key)) return;
		}
	}
	while (isFull() && dropOldest(key));
};
const keep = ({ id, title, since, turns }) => {
	const known = (window.communiqueKept ??= new Map());
	const before = known.get(id) ?? { begun: Date.now(), turns: [] };
	if (before.turns.length < since) return trigger("whole", { conversation: id }); // a change on the way was lost
	const now = { id, title, begun: before.begun, changed: Date.now(), turns: [...before.turns.slice(0, since), ...turns] };
	known.set(id, now);
	if (now.turns.length && !gone().includes(id)) write(prefix + id, JSON.stringify(now));
};
const forget = (id) => {
	localStorage.setItem("communique/gone", JSON.stringify([...gone(), id].slice(-1000)));
	localStorage.removeItem(prefix + id);
};
watch("value", () => {
	if (!element.textContent.trim()) return;
	const change = JSON.parse(element.textContent);
	for (const id of change.gone) forget(id);
	for (const one of change.conversations) keep(one);
	sessionStorage.setItem("communique/open", change.open);
	localStorage.setItem("communique/open", change.open);
});
