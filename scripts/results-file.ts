/** A page of results with a report in its place, between the comments `<!-- name -->` and `<!-- /name -->`. */
export function withReport(results: string, name: string, report: string): string {
  const [before, after] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const from = results.indexOf(before);
  const to = results.indexOf(after, from);
  if (from === -1 || to === -1) throw new Error(`there is no place for ${name} between its markers`);
  return results.slice(0, from + before.length) + report + results.slice(to);
}
