/** What is loaded together, and late. */
export { Palette } from './palette.tsx'
export { feedRoles } from './role-feed.ts'
