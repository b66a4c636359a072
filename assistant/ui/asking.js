// Runs once for an HTML component; `element` and `trigger` are gradio's. What is asked is text, never markup.
element.addEventListener("click", (event) => {
	const button = event.target.closest("[data-question]");
	if (button) trigger("ask", { question: button.dataset.question });
});
element.addEventListener("submit", (event) => {
	event.preventDefault();
	if (event.target.matches("[data-ask]")) trigger("ask", { question: event.target.elements.question.value });
});
