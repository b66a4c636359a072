// Markers and cards, copying, and where the page scrolls and puts the focus.
// Listeners are on the document, because gradio patches its elements in place and theirs would be lost.
{
	const beside = matchMedia("(min-width: 60rem)");
	const still = matchMedia("(prefers-reduced-motion: reduce)");
	const scroll = (element, block) =>
		element.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });
	const all = (selector) => document.querySelectorAll(selector);

	const light = (marker) => {
		const card = document.getElementById(marker.dataset.source);
		if (!card) return null;
		const group = card.closest(".group");
		all("#side .group").forEach((other) => (other.hidden = other !== group));
		all("#side .alone").forEach((hint) => (hint.hidden = true));
		all(".is-shown").forEach((shown) => shown.classList.remove("is-shown"));
		card.classList.add("is-shown");
		marker.classList.add("is-shown");
		if (beside.matches) scroll(card, "nearest");
		return card;
	};
	const widen = (card, open) => {
		card.classList.toggle("is-open", open);
		card.querySelector(".widen")?.setAttribute("aria-expanded", String(open));
	};
	const copy = async (button) => {
		const shown = button.dataset.label ?? button.textContent;
		button.dataset.label = shown;
		try {
			await navigator.clipboard.writeText(button.dataset.copy);
		} catch {
			// Without https, or the right to use the clipboard.
			const area = Object.assign(document.createElement("textarea"), { value: button.dataset.copy });
			document.body.append(area);
			area.select();
			document.execCommand("copy");
			area.remove();
			button.focus();
		}
		button.style.minWidth = `${button.getBoundingClientRect().width}px`; // else its neighbour slides under a second click
		button.textContent = button.dataset.done;
		document.querySelector("#status p").textContent = button.dataset.done;
		setTimeout(() => (button.textContent = shown), 2000);
	};

	document.addEventListener("focusin", ({ target }) => {
		const marker = target.closest(".marker");
		if (marker) light(marker);
		// A browser brings the caret of a field into view, not what the style sheet wants around it.
		const composer = document.getElementById("composer");
		if (!target.matches("#current :is(input, textarea), #past :is(input, textarea)")) return;
		requestAnimationFrame(() => {
			const behind = target.getBoundingClientRect().bottom - composer.getBoundingClientRect().top;
			if (behind > 0) scrollBy(0, behind + 16);
		});
	});
	document.addEventListener("mouseover", ({ target }) => {
		const marker = target.closest(".marker");
		if (marker && beside.matches && !marker.classList.contains("is-shown")) light(marker);
	});
	document.addEventListener("click", ({ target }) => {
		const marker = target.closest(".marker");
		const card = marker && light(marker);
		if (card) {
			widen(card, true);
			card.focus({ preventScroll: true });
			scroll(card, beside.matches ? "nearest" : "start");
		}
		const back = target.closest(".back");
		const origin = back && document.querySelector(`.marker[data-source="${back.dataset.marker}"]`);
		if (origin) {
			origin.focus({ preventScroll: true });
			scroll(origin, "center");
		}
		const wide = target.closest(".widen");
		if (wide) widen(wide.closest(".card"), wide.getAttribute("aria-expanded") !== "true");
		const copied = target.closest("[data-copy]");
		if (copied) copy(copied);
	});
	// A menu over the page goes when something else is used, or with Escape, which leaves the focus on its name.
	const menus = () => [...all(".take[open], #conversations .list[open]")];
	document.addEventListener("click", (event) => {
		const path = event.composedPath(); // of before the click, which may have taken its target off the page
		for (const menu of menus()) menu.open = path.includes(menu);
	});

	document.addEventListener("keydown", (event) => {
		const opened = event.key === "Escape" ? menus() : [];
		for (const menu of opened) {
			menu.open = false;
			menu.querySelector("summary").focus();
		}
		if (opened.length) return;
		const stop = document.querySelector("#stop");
		if (event.key === "Escape" && stop?.offsetParent && !event.isComposing) stop.click();
	});

	// The page's language is that of its own words, which the server chose.
	new MutationObserver(() => {
		const said = document.querySelector("#masthead header")?.lang;
		if (said && document.documentElement.lang !== said) document.documentElement.lang = said;
	}).observe(document.body, { childList: true, subtree: true });

	// Once a question: when it appears. Its place is kept while the answer grows below it.
	let seen = 0;
	new MutationObserver(() => {
		const turns = all("#talk .turn");
		if (turns.length === seen) return;
		const grown = turns.length > seen;
		seen = turns.length;
		const side = document.getElementById("side");
		if (side) side.scrollTop = 0;
		// At once: what comes in meanwhile would stop a smooth scroll halfway.
		if (!grown) return;
		turns[turns.length - 1].scrollIntoView({ block: "start" });
		// The panel shows what the new question finds; a marker of an answer before it no longer has its card there.
		all(".is-shown").forEach((shown) => shown.classList.remove("is-shown"));
	}).observe(document.body, { childList: true, subtree: true });

	// The keyboard of a phone would stay over the answer.
	document.addEventListener("keydown", (event) => {
		const asks = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches?.("#question textarea");
		if (asks && !matchMedia("(hover: hover)").matches) setTimeout(() => event.target.blur());
	});

	// A button that goes away, such as Ask or Stop, takes the focus with it; the field is the next thing to use.
	document.addEventListener("click", ({ target }) => {
		if (!target.closest("#ask, #stop, #fresh, #examples button, [data-question], #conversations .pick")) return;
		if (matchMedia("(hover: hover)").matches)
			setTimeout(() => document.querySelector("#question textarea")?.focus({ preventScroll: true }), 50);
	});
}
