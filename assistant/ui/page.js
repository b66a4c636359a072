() => {
	const beside = matchMedia("(min-width: 60rem)");
	const still = matchMedia("(prefers-reduced-motion: reduce)");
	const scroll = (element, block) =>
		element.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });

	const reveal = (marker) => {
		const card = document.getElementById(marker.dataset.source);
		if (!card) return null;
		const group = card.closest(".group");
		document.querySelectorAll("#sources .group").forEach((other) => (other.hidden = other !== group));
		document.querySelectorAll("#sources .alone").forEach((hint) => (hint.hidden = true));
		document.querySelectorAll(".is-shown").forEach((shown) => shown.classList.remove("is-shown"));
		card.classList.add("is-shown");
		marker.classList.add("is-shown");
		return card;
	};

	// Delegated, because gradio patches the conversation in place and listeners on its elements would be lost.
	document.addEventListener("focusin", (event) => {
		const marker = event.target.closest(".marker");
		const card = marker && reveal(marker);
		if (card && beside.matches) scroll(card, "nearest");
	});
	document.addEventListener("click", (event) => {
		const marker = event.target.closest(".marker");
		const card = marker && reveal(marker);
		if (card) {
			card.focus({ preventScroll: true });
			scroll(card, beside.matches ? "nearest" : "start");
		}
		const back = event.target.closest(".back");
		if (back) {
			const origin = document.querySelector(`.marker[data-source="${back.dataset.marker}"]`);
			origin?.focus({ preventScroll: true });
			if (origin) scroll(origin, "center");
		}
	});

	// Twice a turn: when its question appears, and when its answer has made room to scroll to.
	let seen = "";
	new MutationObserver(() => {
		const turns = document.querySelectorAll("#conversation .turn");
		const last = turns[turns.length - 1];
		const state = last ? `${turns.length} ${last.className}` : "";
		if (last && state !== seen) {
			document.getElementById("side").scrollTop = 0;
			scroll(last, "start");
		}
		seen = state;
	}).observe(document.body, { childList: true, subtree: true });

	// A disabled field loses the focus; it is given back unless the reader has gone elsewhere meanwhile.
	new MutationObserver((changes) => {
		const ready = changes.some(({ target }) => target.matches("#question textarea:not(:disabled)"));
		const idle = document.activeElement === document.body || document.activeElement === null;
		if (ready && idle && matchMedia("(hover: hover)").matches)
			document.querySelector("#question textarea").focus({ preventScroll: true });
	}).observe(document.body, { attributes: true, attributeFilter: ["disabled"], subtree: true });
}
