/**
 * A config file as large organisations have them: role profiles, comments, a nested block now and then.
 * @param lines at least this many
 */
export function configText(lines: number): string {
  const parts = ['# Generated for a benchmark.\n[default]\nregion = us-east-1\n\n']
  for (let count = 4, number = 0; count < lines; number++) {
    const block = number % 10 === 0 ? 's3 =\n  addressing_style = path\n' : ''
    const text = `# team ${number}\n[profile team-${number}]\nrole_arn = arn:aws:iam::123456789012:role/team-${number}\nsource_profile = default\nregion = eu-west-1\n${block}\n`
    parts.push(text)
    count += text.split('\n').length - 1
  }
  return parts.join('')
}
