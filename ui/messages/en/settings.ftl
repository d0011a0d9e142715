# Settings
settings-appearance = Appearance
settings-theme = Colors
settings-theme-system = As the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-theme-contrast = High contrast
settings-motion = Still pictures
settings-motion-note = No movement, even where the system allows it.
settings-keys = Single keys
settings-keys-note = P, R, H, G, M and T in a conversation; / and ? everywhere. They never act while a field has the focus.
settings-profile = Who practices
settings-profile-note = Everybody on this laptop has their own attempts and progress. There is no password.
settings-switch = Switch to { $name }
settings-rename = Change the name
settings-save = Save
settings-saved = Saved.
settings-add = Add somebody
settings-add-go = Add and switch
settings-data = Your data
settings-folder = Data folder
settings-folder-note = Everything you did is in this folder, and nowhere else but in files that you exported.
settings-export = Export all my attempts
settings-export-note = One JSON file with every word, score and reason.
settings-delete = Delete everything about me
settings-delete-note = Every attempt, score and word of { $name }, from the data file, the search and the backups. It cannot be undone.
settings-delete-title = Delete everything about { $name }?
settings-delete-text = Every attempt, every score and every word is deleted from the data folder, backups included. It cannot be undone. Export first if you want to keep a copy.
settings-delete-exports = Files that you exported stay in your Downloads folder, or wherever you moved them: remove those yourself. Only what lies in the data folder goes with the rest: { $folder }
settings-delete-type = Type { $name } to confirm
settings-delete-go = Delete everything
settings-deleted-title = Deleted
settings-delete-done = { $n ->
    [0] Nothing was there but the name. It is gone.
    [one] One attempt is gone, and the name with it.
   *[other] { $n } attempts are gone, and the name with them.
 }
settings-delete-done-exports = Files that you exported to your Downloads folder, or moved elsewhere, are still there.
settings-delete-later = Everything about { $name } is deleted. The last traces on the disk could not be wiped yet; that is done the next time SellMe PRT starts.
settings-about = About
settings-version = Version
settings-catalogue = Catalogue revision
settings-about-note = SellMe PRT works with the network cable out. What you type stays on this laptop; a talk by voice, with what was typed in it before, goes to the service you chose, and nowhere else.
settings-on = On
settings-off = Off
