<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Anywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>In a queue</source>
        <translation>In einer Warteschlange</translation>
    </message>
    <message>
        <source>In a ticket</source>
        <translation>In einem Ticket</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>In einem Anruf</translation>
    </message>
    <message>
        <source>After saving a call</source>
        <translation>Nach dem Speichern eines Anrufs</translation>
    </message>
    <message>
        <source>In the outbox</source>
        <translation>Im Postausgang</translation>
    </message>
    <message>
        <source>In the status</source>
        <translation>Im Status</translation>
    </message>
    <message>
        <source>In the call-backs</source>
        <translation>In den Rückrufen</translation>
    </message>
    <message>
        <source>New call</source>
        <translation>Neuer Anruf</translation>
    </message>
    <message>
        <source>Search and commands</source>
        <translation>Suche und Befehle</translation>
    </message>
    <message>
        <source>Add the call to the open ticket</source>
        <translation>Anruf zum offenen Ticket hinzufügen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Change the person</source>
        <translation>Person wechseln</translation>
    </message>
    <message>
        <source>Try everything now</source>
        <translation>Alles jetzt versuchen</translation>
    </message>
    <message>
        <source>What still works</source>
        <translation>Was noch geht</translation>
    </message>
    <message>
        <source>Fold the lanes</source>
        <translation>Leiste einklappen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>All shortcuts</source>
        <translation>Alle Tastenkürzel</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Go to call {number}</source>
        <translation>Zu Anruf {number}</translation>
    </message>
    <message>
        <source>My queue</source>
        <translation>Meine Tickets</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>Nicht zugewiesen</translation>
    </message>
    <message>
        <source>To complete</source>
        <translation>Zu ergänzen</translation>
    </message>
    <message>
        <source>Models to resolve</source>
        <translation>Modelle zu klären</translation>
    </message>
    <message>
        <source>Payments not verified</source>
        <translation>Zahlung ungeprüft</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>Quarantäne</translation>
    </message>
    <message>
        <source>All open tickets</source>
        <translation>Alle offenen Tickets</translation>
    </message>
    <message>
        <source>Call-backs</source>
        <translation>Rückrufe</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Postausgang</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Open the ticket</source>
        <translation>Ticket öffnen</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation>Mir zuweisen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Show all, no filter</source>
        <translation>Alle zeigen, ohne Filter</translation>
    </message>
    <message>
        <source>Keep this filter as a view</source>
        <translation>Diesen Filter als Ansicht behalten</translation>
    </message>
    <message>
        <source>Remove this saved view</source>
        <translation>Diese Ansicht entfernen</translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation>Notiz speichern</translation>
    </message>
    <message>
        <source>Change the status</source>
        <translation>Status ändern</translation>
    </message>
    <message>
        <source>Complete and correct</source>
        <translation>Ergänzen und berichtigen</translation>
    </message>
    <message>
        <source>Promise something</source>
        <translation>Etwas zusagen</translation>
    </message>
    <message>
        <source>The promise was kept</source>
        <translation>Die Zusage wurde gehalten</translation>
    </message>
    <message>
        <source>Copy the reference</source>
        <translation>Nummer kopieren</translation>
    </message>
    <message>
        <source>Next ticket</source>
        <translation>Nächstes Ticket</translation>
    </message>
    <message>
        <source>Previous ticket</source>
        <translation>Voriges Ticket</translation>
    </message>
    <message>
        <source>Back to the queue</source>
        <translation>Zurück zur Warteschlange</translation>
    </message>
    <message>
        <source>Save the call</source>
        <translation>Anruf speichern</translation>
    </message>
    <message>
        <source>Keep as draft</source>
        <translation>Als Entwurf behalten</translation>
    </message>
    <message>
        <source>Throw this call away</source>
        <translation>Diesen Anruf verwerfen</translation>
    </message>
    <message>
        <source>Dropped call</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Hold or go on</source>
        <translation>Halten oder weiter</translation>
    </message>
    <message>
        <source>Payment claim</source>
        <translation>Behauptete Zahlung</translation>
    </message>
    <message>
        <source>Promise or call-back</source>
        <translation>Zusage oder Rückruf</translation>
    </message>
    <message>
        <source>No danger, a false alarm</source>
        <translation>Keine Gefahr, falscher Alarm</translation>
    </message>
    <message>
        <source>Next device</source>
        <translation>Nächstes Gerät</translation>
    </message>
    <message>
        <source>Close this call</source>
        <translation>Anruf schließen</translation>
    </message>
    <message>
        <source>It is this person</source>
        <translation>Es ist diese Person</translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation>Nicht diese Person</translation>
    </message>
    <message>
        <source>How the caller was checked</source>
        <translation>Wie der Anrufer geprüft wurde</translation>
    </message>
    <message>
        <source>Somebody else is calling for the customer</source>
        <translation>Jemand ruft für den Kunden an</translation>
    </message>
    <message>
        <source>Add to that ticket</source>
        <translation>Zu jenem Ticket hinzufügen</translation>
    </message>
    <message>
        <source>It is another fault</source>
        <translation>Es ist ein anderer Fehler</translation>
    </message>
    <message>
        <source>Model {number} is it</source>
        <translation>Modell {number} ist es</translation>
    </message>
    <message>
        <source>Keep the caller&apos;s words</source>
        <translation>Worte des Anrufers behalten</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>Kennung kopieren</translation>
    </message>
    <message>
        <source>Probe all now</source>
        <translation>Alle jetzt prüfen</translation>
    </message>
    <message>
        <source>Done, rung back</source>
        <translation>Erledigt, zurückgerufen</translation>
    </message>
</context>
<context>
    <name>CallAssist</name>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Check the caller</source>
        <translation>Anrufer prüfen</translation>
    </message>
    <message>
        <source>Postcode or reference they say</source>
        <translation>Genannte Postleitzahl oder Nummer</translation>
    </message>
    <message>
        <source>They named the plan number</source>
        <translation>Vertragsnummer wurde genannt</translation>
    </message>
    <message>
        <source>Earlier calls</source>
        <translation>Frühere Anrufe</translation>
    </message>
    <message>
        <source>Open tickets of this caller</source>
        <translation>Offene Tickets des Anrufers</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>To complete later</source>
        <translation>Später zu ergänzen</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody known yet</source>
        <translation>noch niemand bekannt</translation>
    </message>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n offenes Ticket</numerusform>
            <numerusform>%n offene Tickets</numerusform>
        </translation>
    </message>
    <message>
        <source>no open ticket</source>
        <translation>kein offenes Ticket</translation>
    </message>
    <message>
        <source>That is not what is on the record.</source>
        <translation>Das steht so nicht im Datensatz.</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) in the last 30 days</source>
        <translation>
            <numerusform>%n Anruf in den letzten 30 Tagen</numerusform>
            <numerusform>%n Anrufe in den letzten 30 Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>kept</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>not kept yet</source>
        <translation>noch nicht gehalten</translation>
    </message>
    <message>
        <source>Last promise: {what}{until}</source>
        <translation>Letzte Zusage: {what}{until}</translation>
    </message>
    <message>
        <source>Address and plan are covered until the caller is checked.</source>
        <translation>Adresse und Vertrag bleiben verdeckt, bis der Anrufer geprüft ist.</translation>
    </message>
    <message>
        <source>No plan on this computer.</source>
        <translation>Kein Vertrag auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Runs to {date}. {covers}</source>
        <translation>Läuft bis {date}. {covers}</translation>
    </message>
    <message>
        <source>None of these holds up saving.</source>
        <translation>Nichts davon hält das Speichern auf.</translation>
    </message>
    <message>
        <source>Exact model</source>
        <translation>Genaues Modell</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>Where is the device?</source>
        <translation>Wo steht das Gerät?</translation>
    </message>
    <message>
        <source>When is somebody there?</source>
        <translation>Wann ist jemand da?</translation>
    </message>
    <message>
        <source>Is it covered?</source>
        <translation>Ist es abgedeckt?</translation>
    </message>
</context>
<context>
    <name>CallBacksView</name>
    <message>
        <source>Call-backs</source>
        <translation>Rückrufe</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Done, rung back</source>
        <translation>Erledigt, zurückgerufen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message numerus="yes">
        <source>%n within a week</source>
        <translation>
            <numerusform>%n innerhalb einer Woche</numerusform>
            <numerusform>%n innerhalb einer Woche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n past due</source>
        <translation>
            <numerusform>%n überfällig</numerusform>
            <numerusform>%n überfällig</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody waits to be rung back</source>
        <translation>Niemand wartet auf einen Rückruf</translation>
    </message>
    <message>
        <source>Promises and dropped calls stand here until they are kept.</source>
        <translation>Zusagen und abgebrochene Anrufe stehen hier, bis sie eingelöst sind.</translation>
    </message>
    <message>
        <source>The call dropped; ring back</source>
        <translation>Der Anruf brach ab; zurückrufen</translation>
    </message>
</context>
<context>
    <name>CallForm</name>
    <message>
        <source>Caller phone</source>
        <translation>Telefon des Anrufers</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Who is calling</source>
        <translation>Wer ruft an</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>After 17:00, neighbour has the key</source>
        <translation>Nach 17:00, Nachbar hat den Schlüssel</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Zugesagt</translation>
    </message>
    <message>
        <source>Ring back with a time</source>
        <translation>Mit Termin zurückrufen</translation>
    </message>
    <message>
        <source>Relation to the customer</source>
        <translation>Beziehung zum Kunden</translation>
    </message>
    <message>
        <source>Promised until</source>
        <translation>Zugesagt bis</translation>
    </message>
    <message>
        <source>Somebody else is calling</source>
        <translation>Jemand anderes ruft an</translation>
    </message>
    <message>
        <source>Says it was paid</source>
        <translation>Sagt, es ist bezahlt</translation>
    </message>
    <message>
        <source>Promise or call-back</source>
        <translation>Zusage oder Rückruf</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Beziehung</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
</context>
<context>
    <name>CallScreen</name>
    <message>
        <source>Dropped call</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Keep as draft</source>
        <translation>Als Entwurf behalten</translation>
    </message>
    <message>
        <source>New call</source>
        <translation>Neuer Anruf</translation>
    </message>
    <message>
        <source>{reference}, saved here</source>
        <translation>{reference}, hier gespeichert</translation>
    </message>
    <message>
        <source>no name yet</source>
        <translation>noch kein Name</translation>
    </message>
    <message>
        <source>read as {number}</source>
        <translation>= {number}</translation>
    </message>
    <message>
        <source>Add to the ticket</source>
        <translation>Zum Ticket hinzufügen</translation>
    </message>
    <message>
        <source>Add now, send later</source>
        <translation>Hinzufügen, später senden</translation>
    </message>
    <message>
        <source>Save as a call-back</source>
        <translation>Als Rückruf speichern</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save and send later</source>
        <translation>Speichern, später senden</translation>
    </message>
    <message>
        <source>Draft kept {time}</source>
        <translation>Entwurf behalten {time}</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt nachsehen</translation>
    </message>
    <message>
        <source>Checking whether the call was saved.</source>
        <translation>Es wird geprüft, ob der Anruf gespeichert wurde.</translation>
    </message>
    <message>
        <source>Your words are kept here. Do not type them again.</source>
        <translation>Ihre Worte bleiben hier. Tippen Sie sie nicht noch einmal.</translation>
    </message>
    <message>
        <source>Central has it.</source>
        <translation>Die Zentrale hat es.</translation>
    </message>
    <message>
        <source>Central did not take it as it is. It waits for a person.</source>
        <translation>Die Zentrale hat es so nicht angenommen. Ein Mensch muss entscheiden.</translation>
    </message>
    <message>
        <source>Saved on this computer at {time}. It is on its way.</source>
        <translation>Auf diesem Rechner gespeichert um {time}. Es ist unterwegs.</translation>
    </message>
    <message>
        <source>Saved on this computer at {time}. It is sent by itself when Tickets answers.</source>
        <translation>Auf diesem Rechner gespeichert um {time}. Es wird von selbst gesendet, sobald Tickets antwortet.</translation>
    </message>
</context>
<context>
    <name>Calling</name>
    <message>
        <source>Nine calls are open.</source>
        <translation>Neun Anrufe sind offen.</translation>
    </message>
    <message>
        <source>Close one of them first.</source>
        <translation>Schließen Sie zuerst einen davon.</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) were not finished.</source>
        <translation>
            <numerusform>%n Anruf wurde nicht beendet.</numerusform>
            <numerusform>%n Anrufe wurden nicht beendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open them</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>the call-back</source>
        <translation>den Rückruf</translation>
    </message>
    <message>
        <source>Saved {what}</source>
        <translation>{what} gespeichert</translation>
    </message>
    <message>
        <source>Call thrown away</source>
        <translation>Anruf verworfen</translation>
    </message>
</context>
<context>
    <name>ClaimFields</name>
    <message>
        <source>Amount paid</source>
        <translation>Gezahlter Betrag</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Währung</translation>
    </message>
    <message>
        <source>Payment reference</source>
        <translation>Zahlungsreferenz</translation>
    </message>
    <message>
        <source>Paid by</source>
        <translation>Gezahlt per</translation>
    </message>
    <message>
        <source>Bank transfer, shop, app</source>
        <translation>Überweisung, Laden, App</translation>
    </message>
    <message>
        <source>Paid on</source>
        <translation>Gezahlt am</translation>
    </message>
    <message>
        <source>2026-11-18</source>
        <translation>2026-11-18</translation>
    </message>
    <message>
        <source>Remove the claim</source>
        <translation>Angabe entfernen</translation>
    </message>
    <message>
        <source>An amount such as 89.00</source>
        <translation>Ein Betrag wie 89,00</translation>
    </message>
    <message>
        <source>Not verified: {amount} claimed. It settles by itself when Billing knows of it.</source>
        <translation>Ungeprüft: {amount} behauptet. Klärt sich von selbst, sobald die Abrechnung davon weiß.</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>from this computer, {ms} ms</source>
        <translation>von diesem Rechner, {ms} ms</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>a ticket&apos;s reference, read right</source>
        <translation>eine Ticketnummer, richtig gelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n offen</numerusform>
            <numerusform>%n offen</numerusform>
        </translation>
    </message>
    <message>
        <source>New call with</source>
        <translation>Neuer Anruf mit</translation>
    </message>
</context>
<context>
    <name>DangerNotice</name>
    <message>
        <source>{danger}: “{words}”. Say: {say}</source>
        <translation>{danger}: „{words}“. Sagen Sie: {say}</translation>
    </message>
    <message>
        <source>No danger</source>
        <translation>Keine Gefahr</translation>
    </message>
    <message>
        <source>Leave the device alone and get to safety.</source>
        <translation>Lassen Sie das Gerät stehen und bringen Sie sich in Sicherheit.</translation>
    </message>
    <message>
        <source>Ring 112 or 999.</source>
        <translation>Rufen Sie 112 an.</translation>
    </message>
</context>
<context>
    <name>DemoActions</name>
    <message>
        <source>Demo: cut central</source>
        <translation>Demo: Zentrale abschneiden</translation>
    </message>
    <message>
        <source>Demo: bring central back</source>
        <translation>Demo: Zentrale zurückbringen</translation>
    </message>
</context>
<context>
    <name>FieldsForm</name>
    <message>
        <source>Complete and correct</source>
        <translation>Ergänzen und berichtigen</translation>
    </message>
    <message>
        <source>Save the changes</source>
        <translation>Änderungen speichern</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Kept as it was said.</source>
        <translation>Bleibt, wie es gesagt wurde.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>Heute fällig</translation>
    </message>
    <message>
        <source>Keep as a view</source>
        <translation>Als Ansicht behalten</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>due today</source>
        <translation>heute fällig</translation>
    </message>
</context>
<context>
    <name>Joining</name>
    <message>
        <source>Like {reference}?</source>
        <translation>Wie {reference}?</translation>
    </message>
    <message>
        <source>Add to it</source>
        <translation>Dazu hinzufügen</translation>
    </message>
    <message>
        <source>Another fault</source>
        <translation>Anderer Fehler</translation>
    </message>
    <message>
        <source>This call is added to {reference}.</source>
        <translation>Dieser Anruf kommt zu {reference}.</translation>
    </message>
    <message>
        <source>What you write under Fault becomes a note there.</source>
        <translation>Was unter „Fehler“ steht, wird dort eine Notiz.</translation>
    </message>
    <message>
        <source>Make it a ticket of its own</source>
        <translation>Eigenes Ticket daraus machen</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>Lanes</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Kept calls</source>
        <translation>Behaltene Anrufe</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>Ansichten</translation>
    </message>
</context>
<context>
    <name>LeaveNote</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Leave the note</source>
        <translation>Notiz hinterlassen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Write something.</source>
        <translation>Schreiben Sie etwas.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Lanes</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Opening the desk</source>
        <translation>Der Arbeitsplatz wird geöffnet</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>Kennung kopieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message numerus="yes">
        <source>%n candidate(s), differences marked</source>
        <translation>
            <numerusform>%n Vorschlag</numerusform>
            <numerusform>%n Vorschläge, Unterschiede markiert</numerusform>
        </translation>
    </message>
    <message>
        <source>the customer&apos;s own</source>
        <translation>Gerät des Kunden</translation>
    </message>
    <message>
        <source>The customer&apos;s own device</source>
        <translation>Das eigene Gerät des Kunden</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>Modell: {name}</translation>
    </message>
    <message>
        <source>Kept as said; it joins Models to resolve.</source>
        <translation>Wie gesagt behalten; kommt zu „Modelle zu klären“.</translation>
    </message>
</context>
<context>
    <name>OutageLine</name>
    <message>
        <source>What still works</source>
        <translation>Was noch geht</translation>
    </message>
    <message numerus="yes">
        <source>%n sent</source>
        <translation>
            <numerusform>%n gesendet</numerusform>
            <numerusform>%n gesendet</numerusform>
        </translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Calls, tickets, search, notes and promises work on this computer.</source>
        <translation>Anrufe, Tickets, Suche, Notizen und Zusagen gehen auf diesem Rechner weiter.</translation>
    </message>
    <message>
        <source>What needs {services} is sent by itself later.</source>
        <translation>Was {services} braucht, wird später von selbst gesendet.</translation>
    </message>
    <message>
        <source>Last good contact: {time}</source>
        <translation>Letzter guter Kontakt: {time}</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Central</source>
        <translation>Zentrale</translation>
    </message>
    <message>
        <source>{services} unreachable since {time}.</source>
        <translation>{services} nicht erreichbar seit {time}.</translation>
    </message>
    <message>
        <source>New tickets are saved on this computer</source>
        <translation>Neue Tickets werden auf diesem Rechner gespeichert</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>none waits yet</source>
        <translation>noch wartet keines</translation>
    </message>
    <message>
        <source>Calls and tickets go on; its data is shown with its age.</source>
        <translation>Anrufe und Tickets gehen weiter; Daten tragen ihr Alter.</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} und {last}</translation>
    </message>
</context>
<context>
    <name>OutgoingView</name>
    <message>
        <source>Outbox</source>
        <translation>Postausgang</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Why it waits</source>
        <translation>Warum es wartet</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>Nächster Versuch</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>Kennung kopieren</translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation>Nichts wartet auf den Versand</translation>
    </message>
    <message>
        <source>Everything decided at this desk is at central.</source>
        <translation>Alles hier Entschiedene ist bei der Zentrale.</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>oldest {time}</source>
        <translation>ältester {time}</translation>
    </message>
    <message>
        <source>order per ticket is kept</source>
        <translation>Reihenfolge je Ticket bleibt</translation>
    </message>
    <message numerus="yes">
        <source>tried %n time(s)</source>
        <translation>
            <numerusform>%n-mal versucht</numerusform>
            <numerusform>%n-mal versucht</numerusform>
        </translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>noch nicht versucht</translation>
    </message>
    <message>
        <source>when decided</source>
        <translation>wenn entschieden</translation>
    </message>
    <message>
        <source>as soon as it can</source>
        <translation>sobald es geht</translation>
    </message>
    <message>
        <source>It may be under way; only what is unsent can be edited.</source>
        <translation>Es kann unterwegs sein; nur Ungesendetes lässt sich ändern.</translation>
    </message>
</context>
<context>
    <name>PersonMenu</name>
    <message>
        <source>{roles}, desk {code}</source>
        <translation>{roles}, Platz {code}</translation>
    </message>
    <message>
        <source>Who works here?</source>
        <translation>Wer arbeitet hier?</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>What was saved before is safe.</source>
        <translation>Vorher Gespeichertes ist sicher.</translation>
    </message>
    <message>
        <source>The disk of this computer is full.</source>
        <translation>Die Festplatte dieses Rechners ist voll.</translation>
    </message>
    <message>
        <source>Your words are kept on the screen; what was saved before is safe.</source>
        <translation>Ihre Worte bleiben auf dem Bildschirm; vorher Gespeichertes ist sicher.</translation>
    </message>
    <message>
        <source>Free some space, then save again.</source>
        <translation>Schaffen Sie Platz und speichern Sie dann noch einmal.</translation>
    </message>
    <message>
        <source>Checking whether it was saved.</source>
        <translation>Es wird geprüft, ob es gespeichert wurde.</translation>
    </message>
    <message>
        <source>Your words are kept.</source>
        <translation>Ihre Worte bleiben.</translation>
    </message>
    <message>
        <source>Do not type them again.</source>
        <translation>Tippen Sie sie nicht noch einmal.</translation>
    </message>
    <message>
        <source>Another program holds this desk&apos;s data.</source>
        <translation>Ein anderes Programm hält die Daten dieses Arbeitsplatzes.</translation>
    </message>
    <message>
        <source>Close the other program, then try again.</source>
        <translation>Schließen Sie das andere Programm und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The key of this desk&apos;s data was not found.</source>
        <translation>Der Schlüssel zu den Daten dieses Arbeitsplatzes wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>The data is still there, encrypted.</source>
        <translation>Die Daten sind noch da, verschlüsselt.</translation>
    </message>
    <message>
        <source>Unlock the keyring or give the passphrase; else ask for recovery.</source>
        <translation>Entsperren Sie den Schlüsselbund oder geben Sie die Passphrase an; sonst bitten Sie um Wiederherstellung.</translation>
    </message>
    <message>
        <source>The key does not fit this desk&apos;s data.</source>
        <translation>Der Schlüssel passt nicht zu den Daten dieses Arbeitsplatzes.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Give the right passphrase; else ask for recovery.</source>
        <translation>Geben Sie die richtige Passphrase an; sonst bitten Sie um Wiederherstellung.</translation>
    </message>
    <message>
        <source>This desk&apos;s data is damaged.</source>
        <translation>Die Daten dieses Arbeitsplatzes sind beschädigt.</translation>
    </message>
    <message>
        <source>Sent tickets are safe at central; the journal has the rest.</source>
        <translation>Gesendete Tickets sind sicher bei der Zentrale; das Journal hat den Rest.</translation>
    </message>
    <message>
        <source>Run offhook doctor, then restore the last backup.</source>
        <translation>Rufen Sie „offhook doctor“ auf und spielen Sie dann die letzte Sicherung ein.</translation>
    </message>
    <message>
        <source>A newer program wrote this desk&apos;s data.</source>
        <translation>Ein neueres Programm hat die Daten dieses Arbeitsplatzes geschrieben.</translation>
    </message>
    <message>
        <source>Nothing was touched.</source>
        <translation>Nichts wurde angerührt.</translation>
    </message>
    <message>
        <source>Install the newer program.</source>
        <translation>Installieren Sie das neuere Programm.</translation>
    </message>
    <message>
        <source>No desk is enrolled here yet.</source>
        <translation>Hier ist noch kein Arbeitsplatz angemeldet.</translation>
    </message>
    <message>
        <source>Run offhook enrol with the code of your organisation.</source>
        <translation>Rufen Sie „offhook enrol“ mit dem Code Ihrer Organisation auf.</translation>
    </message>
    <message>
        <source>A phone number or a name is needed.</source>
        <translation>Eine Telefonnummer oder ein Name wird gebraucht.</translation>
    </message>
    <message>
        <source>What is wrong with it?</source>
        <translation>Was ist kaputt?</translation>
    </message>
    <message>
        <source>That is too long to keep in one field: 2 000 000 characters at most.</source>
        <translation>Das ist zu lang für ein Feld: höchstens 2 000 000 Zeichen.</translation>
    </message>
</context>
<context>
    <name>PromiseForm</name>
    <message>
        <source>Promise something</source>
        <translation>Etwas zusagen</translation>
    </message>
    <message>
        <source>Save the promise</source>
        <translation>Zusage speichern</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Ring back with a time</source>
        <translation>Mit Termin zurückrufen</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>Wem</translation>
    </message>
    <message>
        <source>Promised until</source>
        <translation>Zugesagt bis</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>What is promised?</source>
        <translation>Was wird zugesagt?</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>Zugewiesen</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>Gefahr</translation>
    </message>
    <message>
        <source>Past due</source>
        <translation>Überfällig</translation>
    </message>
    <message>
        <source>Within the hour</source>
        <translation>In dieser Stunde</translation>
    </message>
    <message>
        <source>Later today</source>
        <translation>Heute noch</translation>
    </message>
    <message>
        <source>Tomorrow and later</source>
        <translation>Morgen und später</translation>
    </message>
    <message>
        <source>and more</source>
        <translation>und mehr</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Übernehmen</translation>
    </message>
</context>
<context>
    <name>QueueScreen</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n Ticket</numerusform>
            <numerusform>%n Tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n past due</source>
        <translation>
            <numerusform>%n überfällig</numerusform>
            <numerusform>%n überfällig</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is assigned to you</source>
        <translation>Ihnen ist nichts zugewiesen</translation>
    </message>
    <message>
        <source>New calls land here; unassigned tickets wait for somebody.</source>
        <translation>Neue Anrufe landen hier; nicht zugewiesene Tickets warten auf jemanden.</translation>
    </message>
    <message>
        <source>See the unassigned</source>
        <translation>Nicht zugewiesene ansehen</translation>
    </message>
    <message>
        <source>Nothing here, and that is good news</source>
        <translation>Hier ist nichts, und das ist gut</translation>
    </message>
    <message>
        <source>The filter hides every ticket here</source>
        <translation>Der Filter verdeckt hier jedes Ticket</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>The first mirror is still on its way.</source>
        <translation>Der erste Abgleich ist noch unterwegs.</translation>
    </message>
    <message>
        <source>Tickets has not answered yet. Next try {time}.</source>
        <translation>Tickets hat noch nicht geantwortet. Nächster Versuch {time}.</translation>
    </message>
    <message>
        <source>Not yet on this computer</source>
        <translation>Noch nicht auf diesem Rechner</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
</context>
<context>
    <name>ReplaceForm</name>
    <message>
        <source>Edit what waits</source>
        <translation>Wartendes bearbeiten</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>It is tried again as it stands.</source>
        <translation>Es wird unverändert noch einmal versucht.</translation>
    </message>
</context>
<context>
    <name>SavedCall</name>
    <message>
        <source>Close this call</source>
        <translation>Anruf schließen</translation>
    </message>
    <message>
        <source>Next device</source>
        <translation>Nächstes Gerät</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open ticket</source>
        <translation>Ticket öffnen</translation>
    </message>
    <message>
        <source>What was saved</source>
        <translation>Was gespeichert wurde</translation>
    </message>
    <message>
        <source>Read this out</source>
        <translation>Bitte vorlesen</translation>
    </message>
    <message>
        <source>Saved as a call-back</source>
        <translation>Als Rückruf gespeichert</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>{amount} claimed</source>
        <translation>{amount} behauptet</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Zahlung</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Zugesagt</translation>
    </message>
    <message>
        <source>the caller&apos;s words, in Models to resolve</source>
        <translation>Worte des Anrufers, unter „Modelle zu klären“</translation>
    </message>
</context>
<context>
    <name>SettingsPanel</name>
    <message>
        <source>Palette</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>No motion</source>
        <translation>Keine Bewegung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Size and language build the screens anew; open calls stay open.</source>
        <translation>Größe und Sprache bauen die Ansicht neu auf; offene Anrufe bleiben offen.</translation>
    </message>
</context>
<context>
    <name>StatusView</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>six services, each on its own</source>
        <translation>sechs Dienste, jeder für sich</translation>
    </message>
    <message>
        <source>Probe all now</source>
        <translation>Alle jetzt prüfen</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Endpoint in use</source>
        <translation>Benutzter Zugang</translation>
    </message>
    <message>
        <source>Last good contact</source>
        <translation>Letzter guter Kontakt</translation>
    </message>
    <message>
        <source>Data as of</source>
        <translation>Daten von</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>Nächster Versuch</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>first mirror: {here} of {all}</source>
        <translation>erster Abgleich: {here} von {all}</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) here</source>
        <translation>
            <numerusform>%n Datensatz hier</numerusform>
            <numerusform>%n Datensätze hier</numerusform>
        </translation>
    </message>
    <message>
        <source>none answers</source>
        <translation>keiner antwortet</translation>
    </message>
    <message>
        <source>first choice</source>
        <translation>erste Wahl</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>watching</source>
        <translation>lauscht</translation>
    </message>
    <message>
        <source>long-poll</source>
        <translation>Long-Poll</translation>
    </message>
</context>
<context>
    <name>Terms</name>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>To complete</source>
        <translation>Zu ergänzen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Eingeplant</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>In Quarantäne</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Storniert</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Zusammengeführt</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Nicht gefragt</translation>
    </message>
    <message>
        <source>No danger</source>
        <translation>Keine Gefahr</translation>
    </message>
    <message>
        <source>Gas</source>
        <translation>Gas</translation>
    </message>
    <message>
        <source>Smoke or fire</source>
        <translation>Rauch oder Feuer</translation>
    </message>
    <message>
        <source>Electric shock</source>
        <translation>Stromschlag</translation>
    </message>
    <message>
        <source>Water</source>
        <translation>Wasser</translation>
    </message>
    <message>
        <source>A number where somebody can be reached</source>
        <translation>Eine Nummer, unter der jemand erreichbar ist</translation>
    </message>
    <message>
        <source>Where is the device?</source>
        <translation>Wo steht das Gerät?</translation>
    </message>
    <message>
        <source>What is wrong with it?</source>
        <translation>Was ist kaputt?</translation>
    </message>
    <message>
        <source>Which device is it?</source>
        <translation>Welches Gerät ist es?</translation>
    </message>
    <message>
        <source>Is it covered?</source>
        <translation>Ist es abgedeckt?</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Zahlung</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Besuch</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Caller&apos;s phone</source>
        <translation>Telefon des Anrufers</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Relation to the customer</source>
        <translation>Beziehung zum Kunden</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Vertrag</translation>
    </message>
    <message>
        <source>Model, as said</source>
        <translation>Modell, wie gesagt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Dringlichkeit</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>Zugewiesen</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Dringend</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Claimed, not verified</source>
        <translation>Behauptet, ungeprüft</translation>
    </message>
    <message>
        <source>Waived by a person</source>
        <translation>Von jemandem erlassen</translation>
    </message>
    <message>
        <source>from this desk</source>
        <translation>von diesem Platz</translation>
    </message>
    <message>
        <source>from the customer</source>
        <translation>vom Kunden</translation>
    </message>
    <message>
        <source>from central</source>
        <translation>von der Zentrale</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>Catalog</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>Billing</source>
        <translation>Abrechnung</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Fachleute</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Fachkraft</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Revision</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Neues Ticket</translation>
    </message>
    <message>
        <source>Changed fields</source>
        <translation>Geänderte Felder</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Zusage</translation>
    </message>
    <message>
        <source>Promise kept</source>
        <translation>Zusage gehalten</translation>
    </message>
    <message>
        <source>Payment claim</source>
        <translation>Behauptete Zahlung</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenführung</translation>
    </message>
    <message>
        <source>Merge taken back</source>
        <translation>Zusammenführung aufgehoben</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Call completed</source>
        <translation>Anruf ergänzt</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Neuer Kunde</translation>
    </message>
    <message>
        <source>Changed customer</source>
        <translation>Geänderter Kunde</translation>
    </message>
    <message>
        <source>New device</source>
        <translation>Neues Gerät</translation>
    </message>
    <message>
        <source>Changed device</source>
        <translation>Geändertes Gerät</translation>
    </message>
    <message>
        <source>Proposed model</source>
        <translation>Vorgeschlagenes Modell</translation>
    </message>
    <message>
        <source>Changed visit</source>
        <translation>Geänderter Besuch</translation>
    </message>
    <message>
        <source>Number on the customer record</source>
        <translation>Nummer steht beim Kunden</translation>
    </message>
    <message>
        <source>The last digits fit</source>
        <translation>Die letzten Ziffern passen</translation>
    </message>
    <message>
        <source>Number on an earlier ticket</source>
        <translation>Nummer auf einem früheren Ticket</translation>
    </message>
    <message>
        <source>The name fits</source>
        <translation>Der Name passt</translation>
    </message>
    <message>
        <source>same caller</source>
        <translation>gleicher Anrufer</translation>
    </message>
    <message>
        <source>same customer</source>
        <translation>gleicher Kunde</translation>
    </message>
    <message>
        <source>same device</source>
        <translation>gleiches Gerät</translation>
    </message>
    <message>
        <source>much the same words</source>
        <translation>fast dieselben Worte</translation>
    </message>
    <message>
        <source>Just written, not tried yet</source>
        <translation>Eben geschrieben, noch nicht versucht</translation>
    </message>
    <message>
        <source>{service} does not answer</source>
        <translation>{service} antwortet nicht</translation>
    </message>
    <message>
        <source>{service} answers too slowly</source>
        <translation>{service} antwortet zu langsam</translation>
    </message>
    <message>
        <source>Something else answers in place of {service}</source>
        <translation>Statt {service} antwortet etwas anderes</translation>
    </message>
    <message>
        <source>{service} answers with old data</source>
        <translation>{service} antwortet mit alten Daten</translation>
    </message>
    <message>
        <source>{service} has trouble of its own</source>
        <translation>{service} hat selbst Schwierigkeiten</translation>
    </message>
    <message>
        <source>{service} asks to wait</source>
        <translation>{service} bittet zu warten</translation>
    </message>
    <message>
        <source>This computer has no network</source>
        <translation>Dieser Rechner hat kein Netz</translation>
    </message>
    <message>
        <source>{service} gave no answer</source>
        <translation>{service} gab keine Antwort</translation>
    </message>
    <message>
        <source>{service} takes it later</source>
        <translation>{service} nimmt es später</translation>
    </message>
    <message>
        <source>{service} was restored; it is offered anew</source>
        <translation>{service} wurde wiederhergestellt; es wird neu angeboten</translation>
    </message>
    <message>
        <source>Two endpoints of {service} disagree</source>
        <translation>Zwei Zugänge von {service} widersprechen sich</translation>
    </message>
    <message>
        <source>An earlier change of the same ticket needs review</source>
        <translation>Eine frühere Änderung desselben Tickets ist zu prüfen</translation>
    </message>
    <message>
        <source>This desk must sign in again</source>
        <translation>Dieser Platz muss sich neu anmelden</translation>
    </message>
    <message>
        <source>By postcode</source>
        <translation>Per Postleitzahl</translation>
    </message>
    <message>
        <source>By reference</source>
        <translation>Per Ticketnummer</translation>
    </message>
    <message>
        <source>By plan number</source>
        <translation>Per Vertragsnummer</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Neighbour</source>
        <translation>Nachbar</translation>
    </message>
    <message>
        <source>Carer</source>
        <translation>Pflegekraft</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>Kollege</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Jemand anderes</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>null</translation>
    </message>
    <message>
        <source>one</source>
        <translation>eins</translation>
    </message>
    <message>
        <source>two</source>
        <translation>zwei</translation>
    </message>
    <message>
        <source>three</source>
        <translation>drei</translation>
    </message>
    <message>
        <source>four</source>
        <translation>vier</translation>
    </message>
    <message>
        <source>five</source>
        <translation>fünf</translation>
    </message>
    <message>
        <source>six</source>
        <translation>sechs</translation>
    </message>
    <message>
        <source>seven</source>
        <translation>sieben</translation>
    </message>
    <message>
        <source>eight</source>
        <translation>acht</translation>
    </message>
    <message>
        <source>nine</source>
        <translation>neun</translation>
    </message>
</context>
<context>
    <name>Thread</name>
    <message>
        <source>Thread</source>
        <translation>Verlauf</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier entries are not shown here.</source>
        <translation>
            <numerusform>%n früherer Eintrag wird hier nicht gezeigt.</numerusform>
            <numerusform>%n frühere Einträge werden hier nicht gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Central</source>
        <translation>Zentrale</translation>
    </message>
    <message>
        <source>took the call</source>
        <translation>nahm den Anruf an</translation>
    </message>
    <message>
        <source>{person} set {fields}</source>
        <translation>{person} setzte {fields}</translation>
    </message>
    <message>
        <source>{person} promised {whom}: {what}</source>
        <translation>{person} sagte {whom} zu: {what}</translation>
    </message>
    <message>
        <source>{person} kept a promise</source>
        <translation>{person} hielt eine Zusage</translation>
    </message>
    <message>
        <source>{person} noted a payment of {amount}, not verified</source>
        <translation>{person} vermerkte eine Zahlung von {amount}, ungeprüft</translation>
    </message>
    <message>
        <source>{field} to {value}</source>
        <translation>{field} auf {value}</translation>
    </message>
    <message>
        <source>Sent to central</source>
        <translation>An die Zentrale gesendet</translation>
    </message>
    <message>
        <source>Sent to central {length} after the call; due counts from the call.</source>
        <translation>An die Zentrale gesendet {length} nach dem Anruf; die Frist zählt ab dem Anruf.</translation>
    </message>
</context>
<context>
    <name>TicketCards</name>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Besuche</translation>
    </message>
    <message>
        <source>To complete</source>
        <translation>Zu ergänzen</translation>
    </message>
    <message>
        <source>by {person}</source>
        <translation>von {person}</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>Zugewiesen</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Dringlichkeit</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>noch niemand</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>No name yet</source>
        <translation>Noch kein Name</translation>
    </message>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n offenes Ticket</numerusform>
            <numerusform>%n offene Tickets</numerusform>
        </translation>
    </message>
    <message>
        <source>customer since {year}</source>
        <translation>Kunde seit {year}</translation>
    </message>
    <message>
        <source>Runs to {date}. {covers}</source>
        <translation>Läuft bis {date}. {covers}</translation>
    </message>
    <message>
        <source>No plan is known on this computer.</source>
        <translation>Auf diesem Rechner ist kein Vertrag bekannt.</translation>
    </message>
    <message>
        <source>The caller&apos;s words; the model is not resolved yet.</source>
        <translation>Worte des Anrufers; das Modell ist noch nicht geklärt.</translation>
    </message>
    <message>
        <source>Caller said “{words}”</source>
        <translation>Anrufer sagte „{words}“</translation>
    </message>
    <message>
        <source>No device named yet.</source>
        <translation>Noch kein Gerät genannt.</translation>
    </message>
    <message>
        <source>Serial {serial}</source>
        <translation>Seriennummer {serial}</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>Behauptet</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Complete it</source>
        <translation>Ergänzen</translation>
    </message>
</context>
<context>
    <name>TicketForm</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>TicketView</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Previous ticket</source>
        <translation>Voriges Ticket</translation>
    </message>
    <message>
        <source>Next ticket</source>
        <translation>Nächstes Ticket</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Ergänzen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>Interne Notiz</translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation>Notiz speichern</translation>
    </message>
    <message>
        <source>It is yours already.</source>
        <translation>Es ist schon Ihres.</translation>
    </message>
    <message>
        <source>A merged ticket stays as it is.</source>
        <translation>Ein zusammengeführtes Ticket bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>{person}, {time}</source>
        <translation>{person}, {time}</translation>
    </message>
    <message>
        <source>Changed at central too: {fields}.</source>
        <translation>Auch bei der Zentrale geändert: {fields}.</translation>
    </message>
    <message>
        <source>Nothing was overwritten; your values wait here.</source>
        <translation>Nichts wurde überschrieben; Ihre Werte warten hier.</translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Promised to {whom}: {what}</source>
        <translation>{whom} zugesagt: {what}</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Save and send later</source>
        <translation>Speichern, später senden</translation>
    </message>
    <message>
        <source>Note saved at {reference}</source>
        <translation>Notiz bei {reference} gespeichert</translation>
    </message>
    <message>
        <source>Changed {reference}</source>
        <translation>{reference} geändert</translation>
    </message>
    <message>
        <source>Change the status</source>
        <translation>Status ändern</translation>
    </message>
    <message>
        <source>Promised at {reference}</source>
        <translation>Bei {reference} zugesagt</translation>
    </message>
    <message>
        <source>Promise kept at {reference}</source>
        <translation>Zusage bei {reference} gehalten</translation>
    </message>
</context>
<context>
    <name>TimeWords</name>
    <message>
        <source>{length} over</source>
        <translation>{length} über</translation>
    </message>
    <message>
        <source>in {length}</source>
        <translation>in {length}</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} Min.</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} Std.</translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation>{count} T.</translation>
    </message>
    <message>
        <source>{length} ago</source>
        <translation>vor {length}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Saved here</source>
        <translation>Hier gespeichert</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Sendet</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>up</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>down</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>sign in</source>
        <translation>anmelden</translation>
    </message>
    <message>
        <source>down since {time}</source>
        <translation>aus seit {time}</translation>
    </message>
    <message>
        <source>stale, as of {time}</source>
        <translation>veraltet, von {time}</translation>
    </message>
    <message>
        <source>{count} up</source>
        <translation>{count} laufen</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>von {time}</translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation>Ungeprüft</translation>
    </message>
    <message>
        <source>Taken in outage</source>
        <translation>Im Ausfall angenommen</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>Gefahr</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>Walk-in</source>
        <translation>Am Schalter</translation>
    </message>
    <message>
        <source>talking</source>
        <translation>spricht</translation>
    </message>
    <message>
        <source>on hold</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>1 call open</source>
        <translation>1 Anruf offen</translation>
    </message>
    <message>
        <source>{count} calls open</source>
        <translation>{count} Anrufe offen</translation>
    </message>
    <message>
        <source>Call {number}</source>
        <translation>Anruf {number}</translation>
    </message>
    <message>
        <source>Keep the caller&apos;s words</source>
        <translation>Worte des Anrufers behalten</translation>
    </message>
    <message>
        <source>goes to Models to resolve</source>
        <translation>kommt zu „Modelle zu klären“</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation>Nicht diese Person</translation>
    </message>
    <message>
        <source>Takes back what was filled in</source>
        <translation>Nimmt Ausgefülltes zurück</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Key {keys}</source>
        <translation>Taste {keys}</translation>
    </message>
    <message>
        <source>Search tickets, customers, models, or type a command</source>
        <translation>Tickets, Kunden, Modelle suchen oder Befehl tippen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>New call</source>
        <translation>Neuer Anruf</translation>
    </message>
    <message>
        <source>Show or hide the words of the lanes</source>
        <translation>Worte der Leiste zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Postausgang</translation>
    </message>
    <message>
        <source>oldest {time}</source>
        <translation>ältester {time}</translation>
    </message>
    <message>
        <source>{count} need review</source>
        <translation>{count} zu prüfen</translation>
    </message>
    <message>
        <source>1 needs review</source>
        <translation>1 zu prüfen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>move</source>
        <translation>wählen</translation>
    </message>
    <message>
        <source>open</source>
        <translation>öffnen</translation>
    </message>
    <message>
        <source>open beside</source>
        <translation>als Anruf</translation>
    </message>
    <message>
        <source>only this kind</source>
        <translation>nur diese</translation>
    </message>
    <message>
        <source>all shortcuts</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <source>Nothing on this computer matches “{query}”</source>
        <translation>Nichts auf diesem Rechner passt zu „{query}“</translation>
    </message>
    <message>
        <source>{step}, done</source>
        <translation>{step}, erledigt</translation>
    </message>
    <message>
        <source>{step}, now</source>
        <translation>{step}, jetzt</translation>
    </message>
    <message>
        <source>{step}, to come</source>
        <translation>{step}, kommt noch</translation>
    </message>
</context>
<context>
    <name>Workplace</name>
    <message>
        <source>{at} of {count}</source>
        <translation>{at} von {count}</translation>
    </message>
    <message>
        <source>Note left for {what}</source>
        <translation>Notiz für {what} hinterlassen</translation>
    </message>
    <message>
        <source>Assigned to you</source>
        <translation>Ihnen zugewiesen</translation>
    </message>
</context>
<context>
    <name>_Head</name>
    <message>
        <source>Taken {time} by {person} in the outage</source>
        <translation>Im Ausfall angenommen {time} von {person}</translation>
    </message>
    <message>
        <source>Taken {time} by {person}</source>
        <translation>Angenommen {time} von {person}</translation>
    </message>
    <message>
        <source>central</source>
        <translation>der Zentrale</translation>
    </message>
</context>
</TS>
