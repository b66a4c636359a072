(liked) => {
	// What was kept, and nothing else, is shown as sent.
	document.querySelectorAll("#talk [data-rate=good]").forEach((button) => {
		button.setAttribute("aria-pressed", String((liked ?? []).includes(Number(button.dataset.turn))));
	});
};
