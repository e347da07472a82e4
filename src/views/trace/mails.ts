// The mails of the discussion on the vfio list that texts cite by subject and date, with their message ids. Every id was
// read in the mail itself or in the References header of a reply to it.

/** A mail of the list archive. */
export interface Mail {
  /** The beginning of the subject, for instance `[PATCH V3 00/10]`. */
  readonly subject: string;
  /** The day on which it was sent, as texts write it. */
  readonly date: string;
  readonly id: string;
}

/** All cited mails, oldest first. */
export const MAILS: readonly Mail[] = [
  { subject: '[PATCH v6 0/3]', date: '2019', id: 'cover.1567394624.git.luoben@linux.alibaba.com' },
  {
    subject: '[RFC PATCH 0/8]',
    date: '15 March 2023',
    id: 'cover.1678911529.git.reinette.chatre@intel.com',
  },
  { subject: '[PATCH V2 0/8]', date: '28 March 2023', id: 'cover.1680038771.git.reinette.chatre@intel.com' },
  {
    subject: '[PATCH V2 7/8]',
    date: '28 March 2023',
    id: '419f3ba2f732154d8ae079b3deb02d0fdbe3e258.1680038771.git.reinette.chatre@intel.com',
  },
  {
    subject: 'Re: [PATCH V2 7/8]',
    date: '3 April 2023',
    id: '20230403211841.0e206b67.alex.williamson@redhat.com',
  },
  {
    subject: 'Re: [PATCH V2 7/8]',
    date: '4 April 2023',
    id: '20230404122444.59e36a99.alex.williamson@redhat.com',
  },
  {
    subject: 'Re: [PATCH V2 7/8]',
    date: '6 April 2023',
    id: '336d51d6-9878-a85f-bfab-19fd78a104b4@intel.com',
  },
  {
    subject: '[PATCH V3 00/10]',
    date: '18 April 2023',
    id: 'cover.1681837892.git.reinette.chatre@intel.com',
  },
  {
    subject: '[PATCH V3 06/10]',
    date: '18 April 2023',
    id: '056fbd6c7c5161fb912d60b3f75e379ab3255d75.1681837892.git.reinette.chatre@intel.com',
  },
  {
    subject: '[PATCH V3 09/10]',
    date: '18 April 2023',
    id: '86cda5cf2742feff3b14954284fb509863355050.1681837892.git.reinette.chatre@intel.com',
  },
  {
    subject: 'Re: [PATCH V3 09/10]',
    date: '18 April 2023',
    id: '20230418163829.149e8881.alex.williamson@redhat.com',
  },
  {
    subject: 'Re: [PATCH V3 09/10]',
    date: '19 April 2023',
    id: '20230419153804.7ad0b122.alex.williamson@redhat.com',
  },
  {
    subject: '[PATCH V4 00/11]',
    date: '27 April 2023',
    id: 'cover.1682615447.git.reinette.chatre@intel.com',
  },
  {
    subject: 'Re: [PATCH V4 10/11]',
    date: '28 April 2023',
    id: 'BN9PR11MB5276B67702AACB0B5BF1EC0A8C6B9@BN9PR11MB5276.namprd11.prod.outlook.com',
  },
  {
    subject: 'Re: [PATCH V4 10/11]',
    date: '5 May 2023',
    id: '20230505092808.5c36e1f6.alex.williamson@redhat.com',
  },
  { subject: '[PATCH V5 00/11]', date: '11 May 2023', id: 'cover.1683740667.git.reinette.chatre@intel.com' },
];

/** Returns the mail with that subject that the text names by its date, the first one where the text has no date. */
export function mailOf(subject: string, text: string): Mail | null {
  const own = MAILS.filter((mail) => subject.startsWith(mail.subject));
  const dated = own.find(({ date }) => new RegExp(`(?<!\\d)${date}`).test(text));
  if (dated !== undefined) return dated;
  // a text that names another day means another mail
  return /\b\d{1,2} [A-Z][a-z]+/.test(text) ? null : (own[0] ?? null);
}

/** Returns the address of a mail in the list archive. */
export function mailAddress(id: string): string {
  return `https://lore.kernel.org/all/${id}/`;
}
