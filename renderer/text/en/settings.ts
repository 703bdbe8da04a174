/**
 * English: the Settings page.
 */
export const settings = {
  settings: {
    tabs: { appearance: 'Appearance and language' },
    language: 'Language',
    languages: { system: 'As the system', en: 'English', de: 'Deutsch' },
    languageHelp: 'Also decides how amounts, dates and times are written here. Other desktops keep their own.',
    scheme: 'Colours',
    density: 'Density',
    densities: { compact: 'Compact', normal: 'Comfortable', large: 'Projector' },
    densityHelp: 'Projector makes everything larger, for the back of a room.',
    sample: 'This is how it looks',
  },
};
