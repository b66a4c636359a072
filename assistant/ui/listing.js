// Runs once for the list of conversations; `element`, `trigger` and `watch` are gradio's. Deleting takes a second click.
let changed = null; // what changes in the list must not close it nor take the focus, as a new list would
const focus = (found) => found?.focus({ preventScroll: true });
watch("value", () => {
	const list = element.querySelector(".list");
	if (list && changed) list.open = true;
	if (changed) focus(list ? changed() ?? list.querySelector("summary") : document.querySelector("#question textarea"));
	changed = null;
});
element.addEventListener("click", (event) => {
	const pick = event.target.closest("[data-pick]");
	const edit = event.target.closest("[data-edit]");
	const remove = event.target.closest("[data-delete]");
	const take = event.target.closest("[data-take]");
	if (take) {
		trigger("take", { form: take.dataset.take, turn: 0 });
		const menu = take.closest("details");
		menu.open = false;
		focus(menu.querySelector("summary"));
	}
	if (pick) {
		trigger("pick", { conversation: pick.dataset.pick });
		element.querySelector(".list").open = false;
	}
	if (edit) {
		const form = edit.parentElement.querySelector("form");
		form.hidden = !form.hidden;
		if (!form.hidden) form.elements.title.select();
	}
	if (remove && remove.classList.contains("is-sure")) {
		const place = [...element.querySelectorAll("li")].indexOf(remove.closest("li"));
		changed = () => [...element.querySelectorAll(".pick")].slice(0, place + 1).at(-1);
		trigger("remove", { conversation: remove.dataset.delete });
	} else if (remove) {
		remove.classList.add("is-sure");
		remove.dataset.label = remove.textContent;
		remove.textContent = remove.dataset.sure;
		remove.removeAttribute("aria-label");
	}
});
element.addEventListener("focusout", ({ target }) => {
	if (!target.matches(".is-sure")) return;
	target.classList.remove("is-sure");
	target.textContent = target.dataset.label;
});
element.addEventListener("submit", (event) => {
	event.preventDefault();
	const form = event.target;
	const opener = () => element.querySelector(`[data-rename="${form.dataset.rename}"]`)?.parentElement.querySelector("[data-edit]");
	form.hidden = true;
	focus(opener()); // also where nothing is changed
	changed = opener;
	trigger("rename", { conversation: form.dataset.rename, title: form.elements.title.value });
});
