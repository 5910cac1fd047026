/** Whether what was sent came back with something to mend: then it stands on this page, and nowhere else yet. */
export const isRefused = (form) =>
  form.querySelector("[data-error-summary]") !== null || document.querySelector(".conflict") !== null;
