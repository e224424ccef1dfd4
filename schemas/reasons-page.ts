/** One entry of `reasons.json`. */
export interface Reason {
  readonly code: string;
  readonly severity: 'lost' | 'changed' | 'informational';
  readonly text: string;
  readonly hint: string;
}

const severities: Readonly<Record<Reason['severity'], string>> = {
  lost: 'not stored; kept in quarantine',
  changed: 'stored otherwise than sent',
  informational: 'stored as sent',
};

/** `docs/reasons.md`: a heading for each code, to which answers and screens can point. */
export function reasonsPage(reasons: readonly Reason[]): string {
  const sections = reasons.map(
    ({ code, severity, text, hint }) =>
      `## ${code}\n\n${text}\n\nThe record is ${severities[severity]}. What to do: ${firstLower(hint)}\n`,
  );
  return `# Why a record was not stored as sent

Answers, receipts and quarantine name one of these codes for each record concerned, with the place in the record (a JSON
pointer), what came and what was wanted. This page is written by \`npm run generate\` from \`schemas/reasons.json\`.

${sections.join('\n')}`;
}

function firstLower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
