// The text: opening at a place, the address of that place, and searching within.
{
	const still = matchMedia("(prefers-reduced-motion: reduce)");
	const shown = () => document.querySelector("#reader .reader");
	const named = (name, value) =>
		[...(shown()?.querySelectorAll(`[data-${name}]`) ?? [])].find((one) => one.dataset[name] === value);

	const go = (place, block = "center") => {
		document.querySelectorAll("#reader .is-target").forEach((one) => one.classList.remove("is-target"));
		place.classList.add("is-target");
		place.focus({ preventScroll: true });
		place.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });
		stay(place, block);
	};
	// What loads meanwhile moves the place away, such as what is shown above the text; until whoever reads moves it.
	const stay = (place, block, milliseconds = 3000) => {
		const moved = new AbortController();
		const grown = new ResizeObserver(() => place.scrollIntoView({ block, behavior: "auto" }));
		const leave = () => (grown.disconnect(), moved.abort());
		for (const what of ["wheel", "touchstart", "keydown", "pointerdown"])
			addEventListener(what, leave, { signal: moved.signal, passive: true });
		setTimeout(() => moved.signal.aborted || grown.observe(document.body), 600); // after a smooth scroll
		setTimeout(leave, milliseconds);
	};
	// A place in the text that is opened from an answer is a step that the browser's Back takes back.
	const isPlace = () => new URLSearchParams(location.search).has("doc");
	let last = "";
	// What else the address asks for, such as a theme, stays in it.
	const addressOf = (place) => {
		const asked = new URLSearchParams(location.search);
		for (const name of ["doc", "p"]) asked.delete(name);
		for (const [name, value] of new URLSearchParams(place)) asked.set(name, value);
		return location.pathname + (String(asked) && `?${asked}`);
	};
	const address = (href) => {
		last = href;
		if (isPlace()) history.replaceState(history.state, "", addressOf(href));
		else history.pushState(null, "", addressOf(href));
	};
	const whenShown = (element, then, frames = 120) => {
		if (element()?.offsetParent) then();
		else if (frames) requestAnimationFrame(() => whenShown(element, then, frames - 1));
	};
	const tab = (number) => document.querySelectorAll("#views [role=tab]")[number];
	addEventListener("popstate", () => {
		if (!isPlace()) return tab(0).click();
		const asked = new URLSearchParams(location.search);
		const place = shown()?.dataset.document === asked.get("doc") && named("p", asked.get("p"));
		if (!place) return location.reload();
		last = location.search;
		tab(1).click();
		whenShown(() => named("p", asked.get("p")), () => go(named("p", asked.get("p"))));
	});
	document.addEventListener("click", ({ target }) => {
		const chosen = target.closest("#views [role=tab]");
		if (!chosen) return;
		if (chosen === tab(1) && last) address(last);
		else if (chosen !== tab(1) && isPlace()) history.replaceState(history.state, "", addressOf(""));
		if (chosen === tab(0)) whenShown(() => document.getElementById("composer"), () => scrollTo(0, left));
	});
	// Where the conversation was when something else was opened. Before the click does so, hence captured.
	let left = 0;
	const leave = ({ target }) => {
		const leads = target.closest("#views [role=tab], #side [data-doc]");
		if (leads && leads !== tab(0) && tab(0)?.getAttribute("aria-selected") === "true") left = scrollY;
	};
	document.addEventListener("click", leave, { capture: true });

	// What is opened may be on its way, or in a tab that is only now being shown.
	let opened = "";
	const open = () => {
		const text = shown();
		const wanted = text?.dataset.target;
		const key = wanted && `${text.dataset.document} ${wanted}`;
		if (!key || key === opened || !text.offsetParent) return;
		const place = named("p", wanted);
		if (!place) return;
		opened = key;
		address(place.querySelector("a.number").getAttribute("href"));
		requestAnimationFrame(() => go(place));
	};
	new MutationObserver(open).observe(document.body, {
		childList: true,
		subtree: true,
		attributes: true,
		attributeFilter: ["data-target", "style", "class"],
	});
	document.addEventListener("click", (event) => {
		if (event.target.closest("[data-doc]")) opened = "";
		const link = event.target.closest("#reader a[href]");
		if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		address(link.getAttribute("href"));
		const place = link.dataset.section ? named("heading", link.dataset.section) : link.closest("[data-p]");
		if (place) go(place, link.dataset.section ? "start" : "center");
	});

	// Found words are painted, not wrapped, so that the text and its marks stay as they are.
	let places = [];
	let at = -1;
	// One character for one, so that places in it are places in the text: dashes and quotes as a keyboard has them.
	const plain = (text) =>
		text.replace(/./gsu, (one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one))
			.replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/\s/g, " ");
	const find = (wanted) => {
		places = [];
		at = -1;
		const needle = plain(wanted.trim().replace(/\s+/g, " "));
		const walker = document.createTreeWalker(shown().querySelector(".text"), NodeFilter.SHOW_TEXT);
		while (needle && walker.nextNode()) {
			const text = plain(walker.currentNode.data);
			if (walker.currentNode.parentElement.closest("a.number, .page")) continue;
			for (let from = text.indexOf(needle); from >= 0; from = text.indexOf(needle, from + needle.length)) {
				const range = new Range();
				range.setStart(walker.currentNode, from);
				range.setEnd(walker.currentNode, from + needle.length);
				places.push(range);
			}
		}
		if (CSS.highlights) CSS.highlights.set("found", new Highlight(...places));
		const count = shown().querySelector(".count");
		const said = { 0: count.dataset.none, 1: count.dataset.one }[places.length] ?? count.dataset.count;
		count.textContent = needle ? said.replace("{count}", places.length) : "";
	};
	const next = (step) => {
		if (!places.length) return;
		at = (at + step + places.length) % places.length;
		if (CSS.highlights) CSS.highlights.set("found-now", new Highlight(places[at]));
		places[at].startContainer.parentElement.scrollIntoView({ block: "center" });
		const count = shown().querySelector(".count");
		count.textContent = `${at + 1} / ${places.length}`;
	};
	document.addEventListener("input", ({ target }) => {
		if (target.matches("#reader .within input")) find(target.value);
	});
	document.addEventListener("keydown", (event) => {
		if (!event.target.matches?.("#reader .within input") || event.key !== "Enter" || event.isComposing) return;
		event.preventDefault();
		next(event.shiftKey ? -1 : 1);
	});
	document.addEventListener("submit", (event) => {
		if (event.target.matches("#reader .within")) event.preventDefault();
	});
}
