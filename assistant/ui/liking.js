({ liked, turn, line, noting }) => {
	// What was kept, and nothing else, is shown as sent.
	for (const button of document.querySelectorAll("#talk [data-rate=good]")) {
		const isLiked = liked.includes(Number(button.dataset.turn));
		button.setAttribute("aria-pressed", String(isLiked));
		if (isLiked && !button.hasAttribute("aria-expanded")) button.setAttribute("aria-expanded", "false");
	}
	const good = document.querySelector(`#talk [data-rate=good][data-turn="${turn}"]`);
	if (!good || !line) return;
	const tools = good.closest(".tools");
	tools.querySelector(".thanks").textContent = line;
	// The thumb counts without a note: the field opens, and the keyboard stays where it is.
	const note = tools.querySelector(".remark[data-verdict=good]");
	if (noting && !tools.querySelector(".remark:not([hidden])")) window.communiqueRemark(good, true);
	else if (!noting && note.hidden) note.reset();
};
