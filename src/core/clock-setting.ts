/** Where processes leave each other the last measurement of AWS's clock. */
export const CLOCK_SETTING = 'clock.aws'
