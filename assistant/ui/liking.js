({ liked, turn, line }) => {
	// What was kept, and nothing else, is shown as sent.
	const tools = document.querySelector(`#talk [data-rate=good][data-turn="${turn}"]`)?.closest(".tools");
	if (tools && line) tools.querySelector(".thanks").textContent = line;
	document.querySelectorAll("#talk [data-rate=good]").forEach((button) => {
		button.setAttribute("aria-pressed", String(liked.includes(Number(button.dataset.turn))));
	});
};
