// What a page of the planning can do more where scripts run.
for (const button of document.querySelectorAll("[data-print]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => window.print());
}

// The numbers of the mix and the marks above them say the same.
const marks = document.querySelectorAll("input[name=mix]");
const shares = document.querySelectorAll(".shares input");
for (const mark of marks) {
  mark.addEventListener("change", () => {
    mark.dataset.shares?.split(" ").forEach((share, place) => (shares[place].value = share));
  });
}
for (const share of shares) {
  share.addEventListener("input", () => (marks[marks.length - 1].checked = true));
}
