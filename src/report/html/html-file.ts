/** Name of the page. */
export const htmlFile = 'report.html';
