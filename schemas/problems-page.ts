import type { ProblemEntry } from '../lambdas/http/problem-codes.ts';

/** `docs/problems.md`: a heading for each kind of error, which its `type` names. */
export function problemsPage(problems: Readonly<Record<string, ProblemEntry>>): string {
  const sections = Object.entries(problems).map(
    ([kind, { status, code, title, meaning, whatToDo }]) =>
      `## ${kind}\n\n**${status} ${code}**: ${firstLower(title)}.\n\n${meaning} ${whatToDo}\n`,
  );
  return `# Errors

A request that is refused as a whole is answered with one of these. The body has FeatureBase's \`code\` and \`message\` first,
then the members of RFC 9457; its Content-Type is \`application/json\`, or \`application/problem+json\` where \`Accept\` names
that. \`type\` is \`/problems/<kind>\`, which answers what stands here. Why single records are not stored is told by
[reasons](reasons.md). Written by \`npm run generate\` from
[\`lambdas/http/problem-codes.ts\`](../lambdas/http/problem-codes.ts).

${sections.join('\n')}`;
}

function firstLower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
