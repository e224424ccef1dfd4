import type { ProductLimit } from '../lambdas/domain/product-limits.ts';

const headings: Readonly<Record<ProductLimit['of'], string>> = {
  records: 'Sending records',
  rows: 'Rows and mappings',
  names: 'Names and numbers of things',
  queries: 'Queries',
  tokens: 'Tokens',
  kept: 'How long things are kept',
  quotas: 'Quotas',
  'back-pressure': 'Back-pressure',
};

/** `docs/limits.md`: every limit that a client can meet. */
export function limitsPage(limits: readonly ProductLimit[]): string {
  const sections = [...Map.groupBy(limits, ({ of }) => of)].map(([of, those]) => {
    const lines = those.map(
      ({ name, value, unit, meaning, answer }) =>
        `| \`${name}\` | ${valueText(value)}${unit === '' ? '' : ` ${unit}`} | ${meaning} | ${answer} |`,
    );
    return `## ${headings[of]}\n\n| name | limit | of what | past it |\n|---|---|---|---|\n${lines.join('\n')}\n`;
  });
  return `# Limits

What a client can meet, as \`GET /v2/limits\` answers it. None of these can be changed; quotas, which can, are off unless
set (\`PUT /v2/quota\`, \`PUT /v2/sinks/{sink_id}/quota\`). Written by \`npm run generate\` from
[\`lambdas/domain/product-limits.ts\`](../lambdas/domain/product-limits.ts); the reasons stand in
[\`limits.ts\`](../lambdas/domain/limits.ts).

${sections.join('\n')}`;
}

/** Thousands apart. */
function valueText(value: number | string): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
