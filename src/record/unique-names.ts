/** Makes a function that gives names out once: where one is taken, it appends `-2`, `-3` and so on. */
export function uniqueNames(): (wanted: string) => string {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return (wanted) => {
    let name = wanted;
    for (let n = next.get(wanted) ?? 2; taken.has(name); n++) {
      name = `${wanted}-${n}`;
      next.set(wanted, n + 1);
    }
    taken.add(name);
    return name;
  };
}
