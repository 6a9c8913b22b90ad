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
        <source>On a customer&apos;s page</source>
        <translation>Auf der Seite eines Kunden</translation>
    </message>
    <message>
        <source>Comparing values</source>
        <translation>Beim Vergleichen</translation>
    </message>
    <message>
        <source>After an outage</source>
        <translation>Nach einem Ausfall</translation>
    </message>
    <message>
        <source>In payments not verified</source>
        <translation>In den ungeprüften Zahlungen</translation>
    </message>
    <message>
        <source>Resolving and approving models</source>
        <translation>Modelle klären und freigeben</translation>
    </message>
    <message>
        <source>In the device catalog</source>
        <translation>Im Gerätekatalog</translation>
    </message>
    <message>
        <source>Completing tickets</source>
        <translation>Beim Ergänzen von Tickets</translation>
    </message>
    <message>
        <source>Telling an expert by phone</source>
        <translation>Beim Anrufen einer Fachkraft</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>In the outage report</source>
        <translation>Im Ausfallbericht</translation>
    </message>
</context>
<context>
    <name>CallActions</name>
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
        <source>Compare what changed in two places</source>
        <translation>Vergleichen, was an zwei Stellen geändert ist</translation>
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
        <source>To approve</source>
        <translation>Freizugeben</translation>
    </message>
    <message>
        <source>Device catalog</source>
        <translation>Gerätekatalog</translation>
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
        <source>Paper: print blanks, enter them</source>
        <translation>Papier: Vordrucke drucken und erfassen</translation>
    </message>
    <message>
        <source>Outage report</source>
        <translation>Ausfallbericht</translation>
    </message>
    <message>
        <source>After the outage</source>
        <translation>Nach dem Ausfall</translation>
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
        <source>The customer&apos;s page</source>
        <translation>Seite des Kunden</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Choose the columns</source>
        <translation>Spalten wählen</translation>
    </message>
    <message>
        <source>Export it as CSV</source>
        <translation>Als CSV exportieren</translation>
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
        <source>Compare the values</source>
        <translation>Werte vergleichen</translation>
    </message>
    <message>
        <source>Complete and correct</source>
        <translation>Ergänzen und berichtigen</translation>
    </message>
    <message>
        <source>Find its model</source>
        <translation>Sein Modell suchen</translation>
    </message>
    <message>
        <source>Back to the caller&apos;s words</source>
        <translation>Zurück zu den Worten des Anrufers</translation>
    </message>
    <message>
        <source>Visit by telephone</source>
        <translation>Besuch per Telefon</translation>
    </message>
    <message>
        <source>The customer&apos;s merge was wrong</source>
        <translation>Die Kunden waren zu Unrecht vereint</translation>
    </message>
    <message>
        <source>Promise something</source>
        <translation>Etwas zusagen</translation>
    </message>
    <message>
        <source>Part of another ticket</source>
        <translation>Teil eines anderen Tickets</translation>
    </message>
    <message>
        <source>Take a merge back</source>
        <translation>Eine Zusammenführung zurücknehmen</translation>
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
        <source>Copy a link to it</source>
        <translation>Link darauf kopieren</translation>
    </message>
    <message>
        <source>Print it</source>
        <translation>Drucken</translation>
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
        <source>New call with them</source>
        <translation>Neuer Anruf mit diesem Kunden</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>Nummer kopieren</translation>
    </message>
    <message>
        <source>The same as another one</source>
        <translation>Dasselbe wie jemand anderes</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Take the value from before</source>
        <translation>Den Wert von vorher nehmen</translation>
    </message>
    <message>
        <source>Take mine</source>
        <translation>Meinen Wert nehmen</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Den anderen Wert nehmen</translation>
    </message>
    <message>
        <source>Edit the value</source>
        <translation>Wert bearbeiten</translation>
    </message>
    <message>
        <source>The field before</source>
        <translation>Feld davor</translation>
    </message>
    <message>
        <source>The next field</source>
        <translation>Nächstes Feld</translation>
    </message>
    <message>
        <source>Save the choices</source>
        <translation>Auswahl speichern</translation>
    </message>
    <message>
        <source>The next one to review</source>
        <translation>Nächstes zu prüfen</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
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
        <source>Whose</source>
        <translation>Zuständig</translation>
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
        <source>%n without a time</source>
        <translation>
            <numerusform>%n ohne Zeitangabe</numerusform>
            <numerusform>%n ohne Zeitangabe</numerusform>
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
    <message>
        <source>anybody</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
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
    <name>CatalogImport</name>
    <message>
        <source>Taken in from the file</source>
        <translation>Aus der Datei übernommen</translation>
    </message>
</context>
<context>
    <name>CatalogView</name>
    <message>
        <source>Device catalog</source>
        <translation>Gerätekatalog</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>Modell suchen</translation>
    </message>
    <message>
        <source>Models found</source>
        <translation>Gefundene Modelle</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>Ausmustern</translation>
    </message>
    <message>
        <source>Take apart again</source>
        <translation>Wieder trennen</translation>
    </message>
    <message>
        <source>Merge into…</source>
        <translation>Zusammenführen mit…</translation>
    </message>
    <message>
        <source>Forget the words</source>
        <translation>Worte vergessen</translation>
    </message>
    <message>
        <source>Point elsewhere…</source>
        <translation>Anders zuordnen…</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Merged away</source>
        <translation>Zusammengeführt</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n gefunden</numerusform>
            <numerusform>%n gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>retired</source>
        <translation>ausgelaufen</translation>
    </message>
    <message>
        <source>Look for a model</source>
        <translation>Modell suchen</translation>
    </message>
    <message>
        <source>Its words, the tickets that read as it and what was merged stand here.</source>
        <translation>Seine Worte, die Tickets, die es meinen, und was zusammengeführt wurde, stehen hier.</translation>
    </message>
    <message>
        <source>Support again</source>
        <translation>Wieder unterstützen</translation>
    </message>
    <message>
        <source>A supervisor decides.</source>
        <translation>Eine Aufsicht entscheidet.</translation>
    </message>
    <message>
        <source>Central has not confirmed it yet.</source>
        <translation>Die Zentrale hat es noch nicht bestätigt.</translation>
    </message>
    <message>
        <source>It needs another role.</source>
        <translation>Dazu braucht es eine andere Rolle.</translation>
    </message>
</context>
<context>
    <name>CatchUpCards</name>
    <message>
        <source>Other desks</source>
        <translation>Andere Plätze</translation>
    </message>
    <message>
        <source>Web backlog</source>
        <translation>Web-Rückstand</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Same as central?</source>
        <translation>Wie in der Zentrale?</translation>
    </message>
    <message>
        <source>Call-back list</source>
        <translation>Rückrufliste</translation>
    </message>
    <message>
        <source>Central is away; nobody knows how they stand.</source>
        <translation>Die Zentrale ist nicht erreichbar; niemand weiß, wie sie stehen.</translation>
    </message>
    <message>
        <source>No other desk has unsent work, and none is silent.</source>
        <translation>Kein anderer Platz hat Ungesendetes, und keiner schweigt.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n ungesendet</numerusform>
            <numerusform>%n ungesendet</numerusform>
        </translation>
    </message>
    <message>
        <source>silent since {time}</source>
        <translation>schweigt seit {time}</translation>
    </message>
    <message>
        <source>oldest {time}</source>
        <translation>ältestes {time}</translation>
    </message>
    <message>
        <source>extension {number}</source>
        <translation>Durchwahl {number}</translation>
    </message>
    <message>
        <source>removed, last heard {time}</source>
        <translation>entfernt, zuletzt gehört {time}</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>Version {number}</translation>
    </message>
    <message>
        <source>data as of {time}</source>
        <translation>Daten von {time}</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>last drill {time}</source>
        <translation>letzte Übung {time}</translation>
    </message>
    <message numerus="yes">
        <source>ticket(s) came in by web meanwhile</source>
        <translation>
            <numerusform>Ticket kam derweil übers Web</numerusform>
            <numerusform>Tickets kamen derweil übers Web</numerusform>
        </translation>
    </message>
    <message>
        <source>Actionable</source>
        <translation>Bearbeitbar</translation>
    </message>
    <message>
        <source>in the lanes, by due</source>
        <translation>in den Spuren, nach Frist</translation>
    </message>
    <message>
        <source>To complete</source>
        <translation>Zu ergänzen</translation>
    </message>
    <message>
        <source>reduced form</source>
        <translation>Kurzform</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>Quarantäne</translation>
    </message>
    <message>
        <source>kept, nothing deleted</source>
        <translation>aufbewahrt, nichts gelöscht</translation>
    </message>
    <message>
        <source>Triage</source>
        <translation>Sichten</translation>
    </message>
    <message>
        <source>No payment of the outage is unverified.</source>
        <translation>Keine Zahlung aus dem Ausfall ist ungeprüft.</translation>
    </message>
    <message>
        <source>Visits, if nobody pays</source>
        <translation>Besuche, falls niemand zahlt</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <source>Nothing was taken here.</source>
        <translation>Hier wurde nichts aufgenommen.</translation>
    </message>
    <message numerus="yes">
        <source>All %n are at central, once each.</source>
        <translation>
            <numerusform>Das eine ist in der Zentrale, genau einmal (%n).</numerusform>
            <numerusform>Alle %n sind in der Zentrale, je genau einmal.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not at central yet; kept here.</source>
        <translation>
            <numerusform>%n noch nicht dort; hier aufbewahrt.</numerusform>
            <numerusform>%n noch nicht dort; hier aufbewahrt.</numerusform>
        </translation>
    </message>
    <message>
        <source>By central&apos;s own feed, one record per ticket.</source>
        <translation>Laut Datenstrom der Zentrale, ein Eintrag je Ticket.</translation>
    </message>
    <message numerus="yes">
        <source>%n caller(s) were promised a call back.</source>
        <translation>
            <numerusform>%n Anrufer wurde ein Rückruf versprochen.</numerusform>
            <numerusform>%n Anrufern wurde ein Rückruf versprochen.</numerusform>
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
        <source>Show list</source>
        <translation>Liste zeigen</translation>
    </message>
</context>
<context>
    <name>CatchUpView</name>
    <message>
        <source>After the outage</source>
        <translation>Nach dem Ausfall</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Drucken</translation>
    </message>
    <message>
        <source>Export CSV</source>
        <translation>CSV exportieren</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
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
        <source>Left to do</source>
        <translation>Noch zu tun</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Frist</translation>
    </message>
    <message>
        <source>Taken in the outage</source>
        <translation>Im Ausfall aufgenommen</translation>
    </message>
    <message>
        <source>Exporting needs another role.</source>
        <translation>Zum Exportieren braucht es eine andere Rolle.</translation>
    </message>
    <message>
        <source>Nothing was taken here in this outage</source>
        <translation>In diesem Ausfall wurde hier nichts aufgenommen</translation>
    </message>
    <message>
        <source>No outage was noted on this computer</source>
        <translation>Auf diesem Rechner wurde kein Ausfall vermerkt</translation>
    </message>
    <message>
        <source>Older outages: Alt+Left.</source>
        <translation>Ältere Ausfälle: Alt+Links.</translation>
    </message>
    <message>
        <source>Central</source>
        <translation>Zentrale</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>seit {time}</translation>
    </message>
    <message>
        <source>{at} of {count}</source>
        <translation>{at} von {count}</translation>
    </message>
    <message>
        <source>Still active</source>
        <translation>Noch offen</translation>
    </message>
    <message>
        <source>Closed during the outage</source>
        <translation>Im Ausfall abgeschlossen</translation>
    </message>
</context>
<context>
    <name>CatchUpWords</name>
    <message>
        <source>taken here</source>
        <translation>hier aufgenommen</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>unresolved</source>
        <translation>ungeklärt</translation>
    </message>
    <message>
        <source>exposure from the outage</source>
        <translation>Risiko aus dem Ausfall</translation>
    </message>
    <message numerus="yes">
        <source>%n claim(s) not verified</source>
        <translation>
            <numerusform>%n Angabe nicht geprüft</numerusform>
            <numerusform>%n Angaben nicht geprüft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n by phone</source>
        <translation>
            <numerusform>%n am Telefon</numerusform>
            <numerusform>%n am Telefon</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n walk-in</source>
        <translation>
            <numerusform>%n vor Ort</numerusform>
            <numerusform>%n vor Ort</numerusform>
        </translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keines</translation>
    </message>
    <message>
        <source>last at {time}, each once</source>
        <translation>zuletzt {time}, je einmal</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n Modell</numerusform>
            <numerusform>%n Modelle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to complete</source>
        <translation>
            <numerusform>%n zu ergänzen</numerusform>
            <numerusform>%n zu ergänzen</numerusform>
        </translation>
    </message>
    <message>
        <source>needs review</source>
        <translation>zu prüfen</translation>
    </message>
    <message numerus="yes">
        <source>Compare %n field(s)</source>
        <translation>
            <numerusform>%n Feld vergleichen</numerusform>
            <numerusform>%n Felder vergleichen</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide what central refused</source>
        <translation>Abgelehntes entscheiden</translation>
    </message>
    <message numerus="yes">
        <source>Choose model, %n candidate(s)</source>
        <translation>
            <numerusform>Modell wählen, %n Vorschlag</numerusform>
            <numerusform>Modell wählen, %n Vorschläge</numerusform>
        </translation>
    </message>
    <message>
        <source>Propose a model</source>
        <translation>Modell vorschlagen</translation>
    </message>
    <message>
        <source>Complete {what}</source>
        <translation>Ergänzen: {what}</translation>
    </message>
    <message>
        <source>nothing, with {name}</source>
        <translation>nichts, bei {name}</translation>
    </message>
    <message>
        <source>nothing, unassigned</source>
        <translation>nichts, nicht zugeteilt</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>coverage</source>
        <translation>Deckung</translation>
    </message>
    <message>
        <source>Still active</source>
        <translation>Noch offen</translation>
    </message>
    <message>
        <source>Closed during the outage</source>
        <translation>Im Ausfall abgeschlossen</translation>
    </message>
    <message>
        <source>Call-back list</source>
        <translation>Rückrufliste</translation>
    </message>
</context>
<context>
    <name>ClaimCard</name>
    <message>
        <source>Visit held</source>
        <translation>Besuch angehalten</translation>
    </message>
    <message>
        <source>{person} decides</source>
        <translation>{person} entscheidet</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>Behauptet</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>ends {digits}</source>
        <translation>endet auf {digits}</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Zeit übrig</translation>
    </message>
    <message>
        <source>Billing&apos;s data is not on this computer yet.</source>
        <translation>Daten der Abrechnung sind noch nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Add a file</source>
        <translation>Datei hinzufügen</translation>
    </message>
    <message>
        <source>{file}: at the desk that took it; ask there for it.</source>
        <translation>{file}: an dem Platz, der sie angenommen hat; fragen Sie dort danach.</translation>
    </message>
    <message>
        <source>{count} kB</source>
        <translation>{count} kB</translation>
    </message>
</context>
<context>
    <name>ClaimFields</name>
    <message>
        <source>Amount paid</source>
        <translation>Gezahlter Betrag</translation>
    </message>
    <message>
        <source>89.00</source>
        <translation>89,00</translation>
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
        <translation>18.11.2026</translation>
    </message>
    <message>
        <source>Card&apos;s last four</source>
        <translation>Karte, letzte vier</translation>
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
        <source>A day such as 2026-11-18</source>
        <translation>Ein Tag wie 18.11.2026</translation>
    </message>
    <message>
        <source>Only the last four digits are kept</source>
        <translation>Nur die letzten vier Ziffern bleiben</translation>
    </message>
    <message>
        <source>Not verified: a payment is claimed, its amount is not known.</source>
        <translation>Ungeprüft: Eine Zahlung wird behauptet, der Betrag ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Not verified: {amount} claimed. It settles by itself when Billing knows of it.</source>
        <translation>Ungeprüft: {amount} behauptet. Klärt sich von selbst, sobald die Abrechnung davon weiß.</translation>
    </message>
</context>
<context>
    <name>ClaimFigures</name>
    <message>
        <source>Exposure</source>
        <translation>Offenes Risiko</translation>
    </message>
    <message>
        <source>Next to settle</source>
        <translation>Als Nächstes fällig</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Geklärt</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Kontoauszug</translation>
    </message>
    <message>
        <source>{alone} by themselves, {hand} by hand</source>
        <translation>{alone} von selbst, {hand} von Hand</translation>
    </message>
    <message>
        <source>none imported yet</source>
        <translation>noch keiner eingelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} payments open</source>
        <translation>{count} Zahlungen offen</translation>
    </message>
</context>
<context>
    <name>ClaimRows</name>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>ref {reference}</source>
        <translation>Ref. {reference}</translation>
    </message>
    <message>
        <source>ends {digits}</source>
        <translation>endet auf {digits}</translation>
    </message>
    <message>
        <source>{person} decides</source>
        <translation>{person} entscheidet</translation>
    </message>
    <message>
        <source>nobody asked</source>
        <translation>niemand gefragt</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>von selbst</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>entschieden</translation>
    </message>
    <message>
        <source>no line yet</source>
        <translation>noch keine Zeile</translation>
    </message>
    <message numerus="yes">
        <source>%n possible line(s)</source>
        <translation>
            <numerusform>%n mögliche Zeile</numerusform>
            <numerusform>%n mögliche Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Other open payments</source>
        <translation>Andere offene Zahlungen</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>kein Name</translation>
    </message>
</context>
<context>
    <name>ClaimSteps</name>
    <message>
        <source>Call back about the payment</source>
        <translation>Wegen der Zahlung zurückrufen</translation>
    </message>
    <message>
        <source>A call-back is promised</source>
        <translation>Ein Rückruf ist versprochen</translation>
    </message>
    <message>
        <source>The visit is held until the payment is settled.</source>
        <translation>Der Besuch ist angehalten, bis die Zahlung geklärt ist.</translation>
    </message>
    <message>
        <source>The visit is held</source>
        <translation>Der Besuch ist angehalten</translation>
    </message>
    <message>
        <source>Offered the visit at {price}.</source>
        <translation>Besuch für {price} angeboten.</translation>
    </message>
    <message>
        <source>Offered the visit at its price.</source>
        <translation>Besuch gegen Bezahlung angeboten.</translation>
    </message>
</context>
<context>
    <name>ClaimWords</name>
    <message>
        <source>Not verified</source>
        <translation>Ungeprüft</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Unpaid</source>
        <translation>Unbezahlt</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>Strittig</translation>
    </message>
    <message>
        <source>Waived</source>
        <translation>Erlassen</translation>
    </message>
    <message>
        <source>Check it against a statement</source>
        <translation>Mit einem Kontoauszug vergleichen</translation>
    </message>
    <message>
        <source>Call back about the payment</source>
        <translation>Wegen der Zahlung zurückrufen</translation>
    </message>
    <message>
        <source>Hold the visit</source>
        <translation>Den Besuch anhalten</translation>
    </message>
    <message>
        <source>Offer the visit at a price</source>
        <translation>Den Besuch gegen Bezahlung anbieten</translation>
    </message>
    <message>
        <source>The visit may go ahead</source>
        <translation>Der Besuch darf stattfinden</translation>
    </message>
    <message>
        <source>time is over</source>
        <translation>Zeit ist um</translation>
    </message>
    <message>
        <source>a supervisor decides</source>
        <translation>die Leitung entscheidet</translation>
    </message>
    <message>
        <source>then it warns</source>
        <translation>dann Warnung</translation>
    </message>
    <message>
        <source>then to a supervisor</source>
        <translation>dann zur Leitung</translation>
    </message>
    <message>
        <source>then the visit is held</source>
        <translation>dann hält der Besuch an</translation>
    </message>
    <message>
        <source>the visit is held</source>
        <translation>der Besuch ist angehalten</translation>
    </message>
    <message>
        <source>Billing&apos;s data is older</source>
        <translation>Daten der Abrechnung sind älter</translation>
    </message>
    <message>
        <source>too many open claims of this customer</source>
        <translation>zu viele offene Angaben dieser Kundin, dieses Kunden</translation>
    </message>
    <message>
        <source>too much money claimed by this customer</source>
        <translation>zu hoher Betrag dieser Kundin, dieses Kunden</translation>
    </message>
    <message>
        <source>too many open claims at its desk</source>
        <translation>zu viele offene Angaben an diesem Platz</translation>
    </message>
    <message>
        <source>too much money claimed at its desk</source>
        <translation>zu hoher Betrag an diesem Platz</translation>
    </message>
    <message>
        <source>adds up</source>
        <translation>geht auf</translation>
    </message>
    <message>
        <source>no balances</source>
        <translation>keine Salden</translation>
    </message>
    <message>
        <source>does not add up</source>
        <translation>geht nicht auf</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Payer</source>
        <translation>Zahler</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>one slip of the pen</source>
        <translation>ein Schreibfehler</translation>
    </message>
    <message>
        <source>another reference of the same kind</source>
        <translation>andere Referenz gleicher Art</translation>
    </message>
    <message>
        <source>the same number</source>
        <translation>dieselbe Nummer</translation>
    </message>
    <message>
        <source>less a bank&apos;s fee</source>
        <translation>abzüglich Bankgebühr</translation>
    </message>
    <message>
        <source>two digits swapped</source>
        <translation>zwei Ziffern vertauscht</translation>
    </message>
    <message>
        <source>the sum of several</source>
        <translation>Summe von mehreren</translation>
    </message>
    <message>
        <source>the same name</source>
        <translation>derselbe Name</translation>
    </message>
    <message>
        <source>a part of the name</source>
        <translation>ein Teil des Namens</translation>
    </message>
    <message>
        <source>another name</source>
        <translation>anderer Name</translation>
    </message>
    <message>
        <source>within a few days</source>
        <translation>innerhalb weniger Tage</translation>
    </message>
    <message>
        <source>far apart</source>
        <translation>weit auseinander</translation>
    </message>
</context>
<context>
    <name>CodePanel</name>
    <message>
        <source>Enrol this computer</source>
        <translation>Diesen Rechner einrichten</translation>
    </message>
    <message>
        <source>Central&apos;s people give the address and a code that works once. The desk fetches its tickets and models, and from then on also works without central.</source>
        <translation>Adresse und Einmalcode kommen von den Leuten der Zentrale. Der Platz holt seine Tickets und Modelle und arbeitet von da an auch ohne die Zentrale.</translation>
    </message>
    <message>
        <source>Make it a desk</source>
        <translation>Zum Platz machen</translation>
    </message>
    <message>
        <source>Central&apos;s address</source>
        <translation>Adresse der Zentrale</translation>
    </message>
    <message>
        <source>Enrolment code</source>
        <translation>Einrichtungscode</translation>
    </message>
    <message>
        <source>What the desk is called, for supervisors</source>
        <translation>Wie der Platz heißen soll, für die Aufsicht</translation>
    </message>
    <message>
        <source>Central is down: from a seed...</source>
        <translation>Zentrale ausgefallen: aus einer Startdatei ...</translation>
    </message>
</context>
<context>
    <name>ColumnChoice</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
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
    <name>ConflictView</name>
    <message>
        <source>Changed in two places</source>
        <translation>An zwei Stellen geändert</translation>
    </message>
    <message>
        <source>Nothing is overwritten. Central&apos;s value stays until you choose; the value not chosen stays in the history.</source>
        <translation>Nichts wird überschrieben. Der Wert der Zentrale gilt, bis Sie wählen; der andere bleibt im Verlauf.</translation>
    </message>
    <message>
        <source>A value of your own</source>
        <translation>Ein eigener Wert</translation>
    </message>
    <message>
        <source>Preview, after saving</source>
        <translation>Vorschau, nach dem Speichern</translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation>Wie es weitergeht</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächstes</translation>
    </message>
    <message>
        <source>Your choices become a new entry in the outbox. It is checked against central&apos;s latest value again.</source>
        <translation>Ihre Auswahl wird ein neuer Eintrag im Postausgang. Er wird noch einmal mit dem letzten Wert der Zentrale verglichen.</translation>
    </message>
    <message>
        <source>If you leave now, this stays in Needs review; all other work goes on.</source>
        <translation>Wenn Sie jetzt gehen, bleibt dies unter „Zu prüfen“; alles andere geht weiter.</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>entschieden</translation>
    </message>
    <message>
        <source>to decide</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>jemand</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>before, as last seen here</source>
        <translation>vorher, wie zuletzt hier gesehen</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>mine, on this computer {time}</source>
        <translation>meiner, auf diesem Rechner {time}</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>{person}{time}, at central</source>
        <translation>{person}{time}, bei der Zentrale</translation>
    </message>
    <message>
        <source>{field}, a value of your own; Enter takes it</source>
        <translation>{field}, ein eigener Wert; Eingabe übernimmt ihn</translation>
    </message>
    <message>
        <source>{done} of {all} decided</source>
        <translation>{done} von {all} entschieden</translation>
    </message>
    <message>
        <source>A supervisor decides.</source>
        <translation>Eine Aufsicht entscheidet.</translation>
    </message>
    <message>
        <source>It needs another role.</source>
        <translation>Dazu braucht es eine andere Rolle.</translation>
    </message>
    <message>
        <source>Choose a value for each field first.</source>
        <translation>Wählen Sie zuerst für jedes Feld einen Wert.</translation>
    </message>
    <message>
        <source>Conflict decided</source>
        <translation>Konflikt entschieden</translation>
    </message>
</context>
<context>
    <name>CopyChoice</name>
    <message>
        <source>Second copy</source>
        <translation>Zweite Kopie</translation>
    </message>
    <message>
        <source>a folder on a share or a stick</source>
        <translation>ein Ordner auf einer Freigabe oder einem Stick</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Keep it there</source>
        <translation>Dort aufbewahren</translation>
    </message>
    <message>
        <source>Only on this computer: what central does not have would be lost with it.</source>
        <translation>Nur auf diesem Rechner: Was die Zentrale noch nicht hat, ginge mit ihm verloren.</translation>
    </message>
    <message>
        <source>Only on this computer: the folder cannot be reached. It is tried again by itself.</source>
        <translation>Nur auf diesem Rechner: Der Ordner ist nicht erreichbar. Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>In two places: the folder has everything saved here.</source>
        <translation>An zwei Orten: Der Ordner enthält alles hier Gesicherte.</translation>
    </message>
</context>
<context>
    <name>CurrencyMeter</name>
    <message>
        <source>of {amount} at worst</source>
        <translation>von höchstens {amount}</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) {visits}, claimed {claimed}</source>
        <translation>
            <numerusform>%n Besuch {visits}, behauptet {claimed}</numerusform>
            <numerusform>%n Besuche {visits}, behauptet {claimed}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerMerging</name>
    <message numerus="yes">
        <source>%n other record(s) are this customer: {names}.</source>
        <translation>
            <numerusform>%n weiterer Datensatz ist dieser Kunde: {names}.</numerusform>
            <numerusform>%n weitere Datensätze sind dieser Kunde: {names}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Take apart</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>{name} is merged into another customer</source>
        <translation>{name} ist mit einem anderen Kunden zusammengelegt</translation>
    </message>
    <message>
        <source>{name} is a customer of their own again</source>
        <translation>{name} ist wieder ein eigener Kunde</translation>
    </message>
</context>
<context>
    <name>CustomerView</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>New call with them</source>
        <translation>Neuer Anruf mit diesem Kunden</translation>
    </message>
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
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Worum</translation>
    </message>
    <message>
        <source>Taken by</source>
        <translation>Angenommen von</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Last promise</source>
        <translation>Letzte Zusage</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>No tickets and no calls of this customer are on this computer.</source>
        <translation>Keine Tickets und keine Anrufe dieses Kunden sind auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Older ones may be at central only.</source>
        <translation>Ältere sind vielleicht nur bei der Zentrale.</translation>
    </message>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n offenes Ticket</numerusform>
            <numerusform>%n offene Tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) in the last 30 days</source>
        <translation>
            <numerusform>%n Anruf in den letzten 30 Tagen</numerusform>
            <numerusform>%n Anrufe in den letzten 30 Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>The call dropped; ring back</source>
        <translation>Der Anruf brach ab; zurückrufen</translation>
    </message>
    <message>
        <source>no ticket</source>
        <translation>kein Ticket</translation>
    </message>
    <message>
        <source>central</source>
        <translation>Zentrale</translation>
    </message>
    <message>
        <source>customer since {year}</source>
        <translation>Kunde seit {year}</translation>
    </message>
    <message>
        <source>provisional</source>
        <translation>vorläufig</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>Serial {serial}</source>
        <translation>Seriennummer {serial}</translation>
    </message>
    <message>
        <source>bought {date}</source>
        <translation>gekauft {date}</translation>
    </message>
    <message>
        <source>No device is known on this computer.</source>
        <translation>Auf diesem Rechner ist kein Gerät bekannt.</translation>
    </message>
    <message>
        <source>Runs to {date}. {covers}</source>
        <translation>Läuft bis {date}. {covers}</translation>
    </message>
    <message>
        <source>No plan is known on this computer.</source>
        <translation>Auf diesem Rechner ist kein Vertrag bekannt.</translation>
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
    <name>DecisionSigning</name>
    <message>
        <source>Decided and signed</source>
        <translation>Entschieden und unterschrieben</translation>
    </message>
</context>
<context>
    <name>DelegateForm</name>
    <message>
        <source>Let another supervisor decide</source>
        <translation>Eine andere Aufsicht entscheiden lassen</translation>
    </message>
    <message>
        <source>Delegate</source>
        <translation>Abgeben</translation>
    </message>
    <message>
        <source>Who decides</source>
        <translation>Wer entscheidet</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>{person} is to decide: what is taken over has a reason.</source>
        <translation>{person} soll entscheiden: Wer es übernimmt, nennt einen Grund.</translation>
    </message>
    <message>
        <source>Why is it taken over?</source>
        <translation>Warum wird es übernommen?</translation>
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
    <name>DeskWorkActions</name>
    <message>
        <source>Hand this desk&apos;s work to another desk</source>
        <translation>Die Arbeit dieses Platzes einem anderen übergeben</translation>
    </message>
    <message>
        <source>Take over another desk&apos;s work</source>
        <translation>Die Arbeit eines anderen Platzes übernehmen</translation>
    </message>
    <message>
        <source>Remove this desk from the computer</source>
        <translation>Diesen Platz vom Rechner entfernen</translation>
    </message>
    <message>
        <source>The file for {desk} is written.</source>
        <translation>Die Datei für {desk} ist geschrieben.</translation>
    </message>
    <message>
        <source>That desk asks for this desk&apos;s fingerprint: {fingerprint}.</source>
        <translation>Jener Platz fragt nach dem Fingerabdruck dieses Platzes: {fingerprint}.</translation>
    </message>
    <message>
        <source>The work of {desk} is in this desk&apos;s outbox.</source>
        <translation>Die Arbeit von {desk} steht im Ausgang dieses Platzes.</translation>
    </message>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n Vorgang</numerusform>
            <numerusform>%n Vorgänge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n Entwurf</numerusform>
            <numerusform>%n Entwürfe</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrillActions</name>
    <message>
        <source>Drill: all services away, or back</source>
        <translation>Übung: alle Dienste weg, oder zurück</translation>
    </message>
    <message>
        <source>Drill: {service} away, or back</source>
        <translation>Übung: {service} weg, oder zurück</translation>
    </message>
    <message>
        <source>This call is real</source>
        <translation>Dieser Anruf ist echt</translation>
    </message>
    <message>
        <source>Simulate an outage</source>
        <translation>Ausfall simulieren</translation>
    </message>
    <message>
        <source>Drill: nothing here is real.</source>
        <translation>Übung: Hier ist nichts echt.</translation>
    </message>
    <message>
        <source>Completed in {length}.</source>
        <translation>Geschafft in {length}.</translation>
    </message>
    <message>
        <source>Step {at} of {count}.</source>
        <translation>Schritt {at} von {count}.</translation>
    </message>
    <message>
        <source>You have taken a call in an outage and seen it arrive, once.</source>
        <translation>Sie haben im Ausfall einen Anruf aufgenommen und gesehen, wie er ankam, genau einmal.</translation>
    </message>
    <message>
        <source>Take central away: Ctrl+Alt+O.</source>
        <translation>Die Zentrale wegnehmen: Strg+Alt+O.</translation>
    </message>
    <message>
        <source>Watch the status bar: Tickets goes down. Work goes on.</source>
        <translation>Statusleiste beobachten: Tickets fällt aus. Die Arbeit geht weiter.</translation>
    </message>
    <message>
        <source>F2: a phone number, Tab, Tab, the fault, Ctrl+Enter. Read it out.</source>
        <translation>F2: eine Telefonnummer, Tab, Tab, der Fehler, Strg+Eingabe. Vorlesen.</translation>
    </message>
    <message>
        <source>See what waits: G, then O.</source>
        <translation>Sehen, was wartet: G, dann O.</translation>
    </message>
    <message>
        <source>Bring central back: Ctrl+Alt+O.</source>
        <translation>Die Zentrale zurückholen: Strg+Alt+O.</translation>
    </message>
    <message>
        <source>Do nothing: the outbox empties by itself.</source>
        <translation>Nichts tun: Der Postausgang leert sich von selbst.</translation>
    </message>
    <message>
        <source>See what is left to do: G, then K.</source>
        <translation>Sehen, was noch zu tun ist: G, dann K.</translation>
    </message>
    <message>
        <source>No call is open here.</source>
        <translation>Hier ist kein Anruf offen.</translation>
    </message>
    <message>
        <source>The call goes on in the real desk.</source>
        <translation>Der Anruf geht am echten Platz weiter.</translation>
    </message>
    <message>
        <source>Save it there and read out the reference it gives.</source>
        <translation>Dort speichern und das Kennzeichen von dort vorlesen.</translation>
    </message>
</context>
<context>
    <name>EarlyCall</name>
    <message>
        <source>What you type is taken over once the desk opens.</source>
        <translation>Was Sie tippen, wird übernommen, sobald der Platz offen ist.</translation>
    </message>
    <message>
        <source>The desk is still opening.</source>
        <translation>Der Platz wird noch geöffnet.</translation>
    </message>
    <message>
        <source>Go on typing: the call is taken over as it stands.</source>
        <translation>Tippen Sie weiter: Der Anruf wird übernommen, wie er ist.</translation>
    </message>
</context>
<context>
    <name>EnrichmentItems</name>
    <message>
        <source>Save the claim</source>
        <translation>Angabe speichern</translation>
    </message>
    <message>
        <source>Nothing is known of it yet.</source>
        <translation>Es ist noch nichts darüber bekannt.</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Somebody new, provisional</source>
        <translation>Jemand Neues, vorläufig</translation>
    </message>
    <message>
        <source>It is them</source>
        <translation>Sie sind es</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Payment claimed</source>
        <translation>Zahlung behauptet</translation>
    </message>
    <message>
        <source>Waived</source>
        <translation>Erlassen</translation>
    </message>
    <message>
        <source>An amount such as 89.00</source>
        <translation>Ein Betrag wie 89,00</translation>
    </message>
</context>
<context>
    <name>EnrichmentView</name>
    <message>
        <source>To complete</source>
        <translation>Zu ergänzen</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>To ask</source>
        <translation>Zu fragen</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Every ticket has what it needs</source>
        <translation>Jedes Ticket hat, was es braucht</translation>
    </message>
    <message>
        <source>Tickets that lack a part of what an expert needs stand here.</source>
        <translation>Hier stehen Tickets, denen etwas fehlt, das eine Fachkraft braucht.</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n Ticket</numerusform>
            <numerusform>%n Tickets</numerusform>
        </translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>Gefahr</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>{ticket} is ready</source>
        <translation>{ticket} ist bereit</translation>
    </message>
    <message>
        <source>Added to {ticket}</source>
        <translation>Zu {ticket} hinzugefügt</translation>
    </message>
</context>
<context>
    <name>EntryChoiceForm</name>
    <message>
        <source>Find the other model</source>
        <translation>Das andere Modell suchen</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Choose a model first.</source>
        <translation>Zuerst ein Modell wählen.</translation>
    </message>
</context>
<context>
    <name>EntryDetail</name>
    <message>
        <source>Words it is found by</source>
        <translation>Worte, unter denen es gefunden wird</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Zusammengeführt</translation>
    </message>
    <message>
        <source>Open tickets that read as it</source>
        <translation>Offene Tickets, die es meinen</translation>
    </message>
    <message>
        <source>merged away</source>
        <translation>zusammengeführt</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>ausgelaufen</translation>
    </message>
    <message>
        <source>supported</source>
        <translation>unterstützt</translation>
    </message>
    <message numerus="yes">
        <source>%n wording(s)</source>
        <translation>
            <numerusform>%n Formulierung</numerusform>
            <numerusform>%n Formulierungen</numerusform>
        </translation>
    </message>
    <message>
        <source>By its own names and numbers alone.</source>
        <translation>Nur unter seinen eigenen Namen und Nummern.</translation>
    </message>
    <message>
        <source>None at present.</source>
        <translation>Zurzeit keine.</translation>
    </message>
    <message>
        <source>Readers of it arrive at:</source>
        <translation>Wer es liest, kommt hier an:</translation>
    </message>
    <message>
        <source>Readers of these arrive here:</source>
        <translation>Wer diese liest, kommt hier an:</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) read by these words</source>
        <translation>
            <numerusform>%n Ticket meint es durch diese Worte</numerusform>
            <numerusform>%n Tickets meinen es durch diese Worte</numerusform>
        </translation>
    </message>
    <message>
        <source>Forgotten, {words} waits for a model again.</source>
        <translation>Vergessen, wartet {words} wieder auf ein Modell.</translation>
    </message>
</context>
<context>
    <name>EntryWork</name>
    <message>
        <source>It is the same model as another entry</source>
        <translation>Es ist dasselbe Modell wie ein anderer Eintrag</translation>
    </message>
    <message>
        <source>Merge into it</source>
        <translation>Damit zusammenführen</translation>
    </message>
    <message>
        <source>The words mean another model</source>
        <translation>Die Worte meinen ein anderes Modell</translation>
    </message>
    <message>
        <source>Let them mean it</source>
        <translation>So zuordnen</translation>
    </message>
    <message>
        <source>No longer supported</source>
        <translation>Nicht mehr unterstützt</translation>
    </message>
    <message>
        <source>Retire it</source>
        <translation>Ausmustern</translation>
    </message>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n offenes Ticket</numerusform>
            <numerusform>%n offene Tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wording(s)</source>
        <translation>
            <numerusform>%n Formulierung</numerusform>
            <numerusform>%n Formulierungen</numerusform>
        </translation>
    </message>
    <message>
        <source>{tickets} and {words} read as {model} from then on; no ticket is rewritten.</source>
        <translation>{tickets} und {words} meinen dann {model}; kein Ticket wird umgeschrieben.</translation>
    </message>
    <message>
        <source>Merged into {model}</source>
        <translation>Zusammengeführt mit {model}</translation>
    </message>
    <message>
        <source>The models are two again</source>
        <translation>Es sind wieder zwei Modelle</translation>
    </message>
    <message>
        <source>{tickets} and {words} go on reading as it; nothing is rewritten.</source>
        <translation>{tickets} und {words} meinen weiter dieses Modell; nichts wird umgeschrieben.</translation>
    </message>
    <message>
        <source>Wherever it is offered it is marked as retired, here and on every desk.</source>
        <translation>Wo es angeboten wird, ist es als ausgelaufen gekennzeichnet, hier und an jedem Platz.</translation>
    </message>
    <message>
        <source>It is undone by Undo, later by &quot;Support again&quot;.</source>
        <translation>Rückgängig mit „Rückgängig“, später mit „Wieder unterstützen“.</translation>
    </message>
    <message>
        <source>Tickets: {references}.</source>
        <translation>Tickets: {references}.</translation>
    </message>
    <message>
        <source>Supported again</source>
        <translation>Wieder unterstützt</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>Ausgemustert</translation>
    </message>
    <message>
        <source>{words} forgotten</source>
        <translation>{words} vergessen</translation>
    </message>
    <message>
        <source>{tickets} with {words} read as {model} from then on.</source>
        <translation>{tickets} mit {words} meinen dann {model}.</translation>
    </message>
    <message>
        <source>The words mean {model}</source>
        <translation>Die Worte meinen {model}</translation>
    </message>
</context>
<context>
    <name>EvidenceFiles</name>
    <message>
        <source>Add a file</source>
        <translation>Datei hinzufügen</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>The file is kept, encrypted</source>
        <translation>Die Datei ist verschlüsselt gespeichert</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>Geschrieben: {file}</translation>
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
    <name>FileField</name>
    <message>
        <source>Choose...</source>
        <translation>Wählen ...</translation>
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
    <name>GivePanel</name>
    <message>
        <source>Hand this desk&apos;s work to another desk</source>
        <translation>Die Arbeit dieses Platzes einem anderen übergeben</translation>
    </message>
    <message>
        <source>What central does not have yet goes into a file that only that desk opens. It stays here too: a lost file loses nothing, and nothing is delivered twice.</source>
        <translation>Was die Zentrale noch nicht hat, kommt in eine Datei, die nur jener Platz öffnet. Es bleibt auch hier: Eine verlorene Datei verliert nichts, und nichts kommt doppelt an.</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>Datei schreiben</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>New file</source>
        <translation>Neue Datei</translation>
    </message>
    <message>
        <source>No other desk has told central its key yet.</source>
        <translation>Noch kein anderer Platz hat der Zentrale seinen Schlüssel genannt.</translation>
    </message>
</context>
<context>
    <name>HandOverActions</name>
    <message>
        <source>Hand over to the next shift</source>
        <translation>An die nächste Schicht übergeben</translation>
    </message>
    <message>
        <source>Hand over to {name}</source>
        <translation>An {name} übergeben</translation>
    </message>
    <message>
        <source>the next shift</source>
        <translation>die nächste Schicht</translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n Entwurf</numerusform>
            <numerusform>%n Entwürfe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) with promises</source>
        <translation>
            <numerusform>%n Ticket mit Zusagen</numerusform>
            <numerusform>%n Tickets mit Zusagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call-back(s)</source>
        <translation>
            <numerusform>%n Rückruf</numerusform>
            <numerusform>%n Rückrufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Handed over to {who}.</source>
        <translation>Übergeben an {who}.</translation>
    </message>
</context>
<context>
    <name>HandedCall</name>
    <message>
        <source>Take it back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>This call was handed over to {desk}.</source>
        <translation>Dieses Gespräch wurde {desk} übergeben.</translation>
    </message>
    <message>
        <source>It is finished there and cannot be saved here. Take it back only where that desk will not finish it: else one call becomes two tickets.</source>
        <translation>Es wird dort abgeschlossen und lässt sich hier nicht speichern. Holen Sie es nur zurück, wenn jener Platz es nicht abschließen wird: Sonst werden aus einem Gespräch zwei Tickets.</translation>
    </message>
</context>
<context>
    <name>HeldForm</name>
    <message>
        <source>Deletions that nobody announced</source>
        <translation>Löschungen, die niemand angekündigt hat</translation>
    </message>
    <message>
        <source>Let them happen</source>
        <translation>Geschehen lassen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Keep the records</source>
        <translation>Datensätze behalten</translation>
    </message>
</context>
<context>
    <name>ImportForm</name>
    <message>
        <source>Import the catalog</source>
        <translation>Katalog einlesen</translation>
    </message>
    <message>
        <source>Look at the file</source>
        <translation>Datei ansehen</translation>
    </message>
    <message>
        <source>CSV with manufacturer, model_name, model_number, id</source>
        <translation>CSV mit manufacturer, model_name, model_number, id</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take in %n row(s)</source>
        <translation>
            <numerusform>%n Zeile übernehmen</numerusform>
            <numerusform>%n Zeilen übernehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>line {line}: {fate}</source>
        <translation>Zeile {line}: {fate}</translation>
    </message>
    <message>
        <source>the same model as {other}</source>
        <translation>dasselbe Modell wie {other}</translation>
    </message>
    <message>
        <source>names no model, or a cell is too long</source>
        <translation>nennt kein Modell, oder eine Zelle ist zu lang</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>doppelt</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>fehlerhaft</translation>
    </message>
    <message>
        <source>Nothing of it is new.</source>
        <translation>Nichts davon ist neu.</translation>
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
        <source>Handed-over calls</source>
        <translation>Übergebene Anrufe</translation>
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
        <source>Drill, nothing here is real – Offhook</source>
        <translation>Übung, hier ist nichts echt – Offhook</translation>
    </message>
    <message>
        <source>Drill: nothing here is real.</source>
        <translation>Übung: Hier ist nichts echt.</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>Kennung kopieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Removing the desk</source>
        <translation>Der Platz wird entfernt</translation>
    </message>
    <message>
        <source>The desk is removed, but central could not be told.</source>
        <translation>Der Platz ist entfernt, aber der Zentrale konnte es nicht gesagt werden.</translation>
    </message>
    <message>
        <source>Supervisors see it as silent for a month, or until central&apos;s people name it gone.</source>
        <translation>Für die Aufsicht schweigt er noch einen Monat, oder bis die Leute der Zentrale ihn als entfernt melden.</translation>
    </message>
    <message>
        <source>Close the window.</source>
        <translation>Schließen Sie das Fenster.</translation>
    </message>
    <message>
        <source>Close the window, then start the desk again.</source>
        <translation>Schließen Sie das Fenster, dann starten Sie den Platz neu.</translation>
    </message>
</context>
<context>
    <name>MergeForm</name>
    <message>
        <source>Part of another ticket</source>
        <translation>Teil eines anderen Tickets</translation>
    </message>
    <message>
        <source>Merge them</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Reference of the ticket that stays</source>
        <translation>Referenz des Tickets, das bleibt</translation>
    </message>
    <message>
        <source>Which one stays?</source>
        <translation>Welches bleibt?</translation>
    </message>
</context>
<context>
    <name>ModelBackForm</name>
    <message>
        <source>Back to the caller&apos;s words</source>
        <translation>Zurück zu den Worten des Anrufers</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>It was the neighbour&apos;s machine</source>
        <translation>Es war das Gerät des Nachbarn</translation>
    </message>
    <message>
        <source>Why is it taken back?</source>
        <translation>Warum wird es zurückgenommen?</translation>
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
        <source>Not in the list; these come near</source>
        <translation>Nicht in der Liste; diese kommen nahe</translation>
    </message>
    <message>
        <source>Known by these words</source>
        <translation>Unter diesen Worten bekannt</translation>
    </message>
    <message>
        <source>Linked, {percent} % sure</source>
        <translation>Zugeordnet, zu {percent} % sicher</translation>
    </message>
    <message>
        <source>“{first}” or “{last}”</source>
        <translation>„{first}“ oder „{last}“</translation>
    </message>
    <message>
        <source>Ask: is there {pieces} on the sticker?</source>
        <translation>Frage: Steht {pieces} auf dem Typenschild?</translation>
    </message>
    <message>
        <source>Read back: {words}</source>
        <translation>Zurücklesen: {words}</translation>
    </message>
    <message>
        <source>Kept as said; it joins Models to resolve.</source>
        <translation>Wie gesagt behalten; kommt zu „Modelle zu klären“.</translation>
    </message>
</context>
<context>
    <name>ModelDetail</name>
    <message>
        <source>What callers said</source>
        <translation>Was Anrufer sagten</translation>
    </message>
    <message>
        <source>Where it is from</source>
        <translation>Woher es stammt</translation>
    </message>
    <message>
        <source>Question and answer</source>
        <translation>Frage und Antwort</translation>
    </message>
    <message>
        <source>Beside the nearest in the catalog</source>
        <translation>Neben dem nächsten im Katalog</translation>
    </message>
    <message>
        <source>Other near entries</source>
        <translation>Andere nahe Einträge</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Find another model</source>
        <translation>Anderes Modell suchen</translation>
    </message>
    <message>
        <source>To resolve</source>
        <translation>Zu klären</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) wait</source>
        <translation>
            <numerusform>%n Ticket wartet</numerusform>
            <numerusform>%n Tickets warten</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, the oldest since {time}</source>
        <translation>{count}, das älteste seit {time}</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>ausgelaufen</translation>
    </message>
    <message>
        <source>Ask which of these is on the sticker: {pieces}</source>
        <translation>Frage, was davon auf dem Typenschild steht: {pieces}</translation>
    </message>
    <message>
        <source>none clear</source>
        <translation>keiner eindeutig</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>zu {percent} % sicher</translation>
    </message>
    <message>
        <source>one of these</source>
        <translation>einer von diesen</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>Proposed by {person}</source>
        <translation>Vorgeschlagen von {person}</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>Decides</source>
        <translation>Entscheidet</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Nothing in the catalog comes near.</source>
        <translation>Nichts im Katalog kommt nahe.</translation>
    </message>
    <message>
        <source>This proposal</source>
        <translation>Dieser Vorschlag</translation>
    </message>
    <message>
        <source>Nearest in the catalog</source>
        <translation>Nächster im Katalog</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>Hersteller</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Also written</source>
        <translation>Auch geschrieben</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>anders</translation>
    </message>
</context>
<context>
    <name>ModelFoot</name>
    <message>
        <source>Next</source>
        <translation>Nächstes</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>Ablehnen …</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Ask back…</source>
        <translation>Rückfrage …</translation>
    </message>
    <message>
        <source>Delegate…</source>
        <translation>Abgeben …</translation>
    </message>
    <message>
        <source>Answer…</source>
        <translation>Antworten …</translation>
    </message>
    <message>
        <source>Link the tickets</source>
        <translation>Tickets zuordnen</translation>
    </message>
    <message>
        <source>Remember the words</source>
        <translation>Worte merken</translation>
    </message>
    <message>
        <source>Propose…</source>
        <translation>Vorschlagen …</translation>
    </message>
    <message>
        <source>Propose together</source>
        <translation>Gemeinsam vorschlagen</translation>
    </message>
    <message>
        <source>Not supported…</source>
        <translation>Nicht unterstützt …</translation>
    </message>
    <message>
        <source>Rating plate…</source>
        <translation>Typenschild …</translation>
    </message>
    <message>
        <source>Approve and send later</source>
        <translation>Freigeben, später senden</translation>
    </message>
    <message>
        <source>A supervisor decides.</source>
        <translation>Eine Aufsicht entscheidet.</translation>
    </message>
    <message>
        <source>Your own proposals need another supervisor.</source>
        <translation>Eigene Vorschläge brauchen eine andere Aufsicht.</translation>
    </message>
    <message>
        <source>{person} is to decide.</source>
        <translation>{person} soll entscheiden.</translation>
    </message>
    <message numerus="yes">
        <source>Propose %n wording(s)…</source>
        <translation>
            <numerusform>%n Formulierung vorschlagen…</numerusform>
            <numerusform>%n Formulierungen vorschlagen…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Link %n ticket(s)</source>
        <translation>
            <numerusform>%n Ticket zuordnen</numerusform>
            <numerusform>%n Tickets zuordnen</numerusform>
        </translation>
    </message>
    <message>
        <source>It needs another role.</source>
        <translation>Dazu braucht es eine andere Rolle.</translation>
    </message>
    <message>
        <source>Choose a model first.</source>
        <translation>Zuerst ein Modell wählen.</translation>
    </message>
    <message>
        <source>The words fit other models as well.</source>
        <translation>Die Worte passen auch auf andere Modelle.</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Model work</source>
        <translation>Arbeit an Modellen</translation>
    </message>
    <message numerus="yes">
        <source>%n to approve</source>
        <translation>
            <numerusform>%n freizugeben</numerusform>
            <numerusform>%n freizugeben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to resolve</source>
        <translation>
            <numerusform>%n zu klären</numerusform>
            <numerusform>%n zu klären</numerusform>
        </translation>
    </message>
    <message>
        <source>To approve</source>
        <translation>Freizugeben</translation>
    </message>
    <message>
        <source>Decided here</source>
        <translation>Hier entschieden</translation>
    </message>
    <message>
        <source>To resolve</source>
        <translation>Zu klären</translation>
    </message>
    <message>
        <source>asked back, waits for an answer</source>
        <translation>Rückfrage, wartet auf Antwort</translation>
    </message>
    <message>
        <source>{person} decides</source>
        <translation>{person} entscheidet</translation>
    </message>
    <message>
        <source>approval waiting to be sent</source>
        <translation>Freigabe wartet auf den Versand</translation>
    </message>
    <message>
        <source>rejection waiting to be sent</source>
        <translation>Ablehnung wartet auf den Versand</translation>
    </message>
    <message>
        <source>danger</source>
        <translation>Gefahr</translation>
    </message>
    <message>
        <source>proposed together</source>
        <translation>gemeinsam vorgeschlagen</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>seit {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n Ticket</numerusform>
            <numerusform>%n Tickets</numerusform>
        </translation>
    </message>
    <message>
        <source>looking for candidates</source>
        <translation>Kandidaten werden gesucht</translation>
    </message>
    <message>
        <source>no candidate</source>
        <translation>kein Kandidat</translation>
    </message>
    <message>
        <source>none clear, nearest: {name}</source>
        <translation>keiner eindeutig, am nächsten: {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n candidate(s)</source>
        <translation>
            <numerusform>%n Kandidat</numerusform>
            <numerusform>%n Kandidaten</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, first: {name}</source>
        <translation>{count}, zuerst: {name}</translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message>
        <source>Import…</source>
        <translation>Einlesen …</translation>
    </message>
    <message>
        <source>Every model is known</source>
        <translation>Jedes Modell ist bekannt</translation>
    </message>
    <message>
        <source>Words that no model is known for, and proposals, stand here.</source>
        <translation>Worte, zu denen kein Modell bekannt ist, und Vorschläge stehen hier.</translation>
    </message>
    <message>
        <source>Decided here</source>
        <translation>Hier entschieden</translation>
    </message>
    <message>
        <source>A supervisor decides.</source>
        <translation>Eine Aufsicht entscheidet.</translation>
    </message>
</context>
<context>
    <name>NoteWriter</name>
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
</context>
<context>
    <name>Offers</name>
    <message>
        <source>Save and send later</source>
        <translation>Speichern, später senden</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as a call-back</source>
        <translation>Als Rückruf speichern</translation>
    </message>
    <message>
        <source>Save the call-back, send later</source>
        <translation>Rückruf speichern, später senden</translation>
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
        <source>Save the note</source>
        <translation>Notiz speichern</translation>
    </message>
    <message>
        <source>Leave the note</source>
        <translation>Notiz hinterlassen</translation>
    </message>
    <message>
        <source>Leave it, send later</source>
        <translation>Hinterlassen, später senden</translation>
    </message>
    <message>
        <source>Save the changes</source>
        <translation>Änderungen speichern</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Take it, send later</source>
        <translation>Übernehmen, später senden</translation>
    </message>
    <message>
        <source>Save the promise</source>
        <translation>Zusage speichern</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Kept, send later</source>
        <translation>Gehalten, später senden</translation>
    </message>
    <message>
        <source>Save the choices</source>
        <translation>Auswahl speichern</translation>
    </message>
    <message>
        <source>Save the choices, send later</source>
        <translation>Auswahl speichern, später senden</translation>
    </message>
    <message>
        <source>Propose it</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Propose it, send later</source>
        <translation>Vorschlagen, später senden</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Approve, send later</source>
        <translation>Freigeben, später senden</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Decide, send later</source>
        <translation>Entscheiden, später senden</translation>
    </message>
    <message>
        <source>sent later, without {services} now</source>
        <translation>wird später gesendet, jetzt ohne {services}</translation>
    </message>
    <message>
        <source>with what is here of {services}</source>
        <translation>mit dem, was von {services} hier ist</translation>
    </message>
    <message>
        <source>not now: {services} does not answer</source>
        <translation>jetzt nicht: {services} antwortet nicht</translation>
    </message>
    <message>
        <source>It may be at central already, and {services} does not answer. Withdraw it when it is back.</source>
        <translation>Es kann schon in der Zentrale sein, und {services} antwortet nicht. Nehmen Sie es zurück, wenn sie wieder da ist.</translation>
    </message>
</context>
<context>
    <name>OtherDisputed</name>
    <message numerus="yes">
        <source>%n other record(s) changed in two places.</source>
        <translation>
            <numerusform>%n weiterer Datensatz wurde an zwei Stellen geändert.</numerusform>
            <numerusform>%n weitere Datensätze wurden an zwei Stellen geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
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
        <source>What is left to do</source>
        <translation>Was noch zu tun ist</translation>
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
    <message>
        <source>decided under the former history</source>
        <translation>unter der früheren Geschichte entschieden</translation>
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
    <name>Oversight</name>
    <message numerus="yes">
        <source>{service}: %n record(s) were deleted at central and nobody announced it.</source>
        <translation>
            <numerusform>{service}: %n Datensatz wurde in der Zentrale gelöscht, und niemand hat es angekündigt.</numerusform>
            <numerusform>{service}: %n Datensätze wurden in der Zentrale gelöscht, und niemand hat es angekündigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>They stay here until a supervisor decides.</source>
        <translation>Sie bleiben hier, bis eine Leitung entscheidet.</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Two centrals answer for {services}.</source>
        <translation>Zwei Zentralen antworten für {services}.</translation>
    </message>
    <message>
        <source>Nothing is sent there until one of them is gone; all of it is kept.</source>
        <translation>Dorthin wird nichts gesendet, bis eine von ihnen fort ist; alles bleibt bewahrt.</translation>
    </message>
    <message numerus="yes">
        <source>%n merge(s) lead in a circle.</source>
        <translation>
            <numerusform>%n Zusammenführung führt im Kreis.</numerusform>
            <numerusform>%n Zusammenführungen führen im Kreis.</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody at central has to take one of them back.</source>
        <translation>Jemand in der Zentrale muss eine davon zurücknehmen.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) stand at central though they were taken back.</source>
        <translation>
            <numerusform>%n Änderung steht in der Zentrale, obwohl sie zurückgenommen wurde.</numerusform>
            <numerusform>%n Änderungen stehen in der Zentrale, obwohl sie zurückgenommen wurden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Central had lost its note of that; undo what should not stand.</source>
        <translation>Die Zentrale hatte ihren Vermerk darüber verloren; machen Sie rückgängig, was nicht stehen soll.</translation>
    </message>
    <message>
        <source>This desk&apos;s folder is a copy; it goes on under another code.</source>
        <translation>Der Ordner dieses Platzes ist eine Kopie; sie arbeitet unter einem anderen Kürzel weiter.</translation>
    </message>
    <message>
        <source>Central refuses the other one; hand over what is unsent there.</source>
        <translation>Die Zentrale weist den anderen ab; übergeben Sie dort, was nicht gesendet ist.</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) here were not as at central.</source>
        <translation>
            <numerusform>%n Datensatz war hier nicht wie in der Zentrale.</numerusform>
            <numerusform>%n Datensätze waren hier nicht wie in der Zentrale.</numerusform>
        </translation>
    </message>
    <message>
        <source>Found and put right within the last day.</source>
        <translation>Das wurde im letzten Tag gefunden und berichtigt.</translation>
    </message>
</context>
<context>
    <name>OwnDisputed</name>
    <message>
        <source>Changed at central too: {fields}.</source>
        <translation>Auch bei der Zentrale geändert: {fields}.</translation>
    </message>
    <message>
        <source>Nothing was overwritten; your values wait here.</source>
        <translation>Nichts wurde überschrieben; Ihre Werte warten hier.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
</context>
<context>
    <name>PaperView</name>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message numerus="yes">
        <source>Print %n blanks</source>
        <translation>
            <numerusform>%n Vordruck drucken</numerusform>
            <numerusform>%n Vordrucke drucken</numerusform>
        </translation>
    </message>
    <message>
        <source>Printed, not entered</source>
        <translation>Gedruckt, nicht erfasst</translation>
    </message>
    <message>
        <source>Reference on the paper</source>
        <translation>Referenz auf dem Papier</translation>
    </message>
    <message>
        <source>Call from</source>
        <translation>Anruf von</translation>
    </message>
    <message>
        <source>Call until</source>
        <translation>Anruf bis</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What is wrong?</source>
        <translation>Was ist kaputt?</translation>
    </message>
    <message>
        <source>Device, as said</source>
        <translation>Gerät, wie gesagt</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>A reference on paper is final: it was taken from this desk&apos;s counter before it was printed. Enter each one with the times that stand on it.</source>
        <translation>Eine Referenz auf Papier ist endgültig: Sie kommt aus dem Zähler dieses Platzes, schon vor dem Druck. Erfassen Sie jede mit den Zeiten, die darauf stehen.</translation>
    </message>
    <message>
        <source>Save and next</source>
        <translation>Speichern und weiter</translation>
    </message>
    <message numerus="yes">
        <source>%n still on paper</source>
        <translation>
            <numerusform>%n noch auf Papier</numerusform>
            <numerusform>%n noch auf Papier</numerusform>
        </translation>
    </message>
    <message>
        <source>Calls on paper</source>
        <translation>Anrufe auf Papier</translation>
    </message>
    <message>
        <source>Every paper has a reference.</source>
        <translation>Jedes Papier hat eine Referenz.</translation>
    </message>
    <message>
        <source>{ticket} is entered</source>
        <translation>{ticket} ist erfasst</translation>
    </message>
</context>
<context>
    <name>PassphraseForm</name>
    <message>
        <source>Sign the decision</source>
        <translation>Entscheidung unterschreiben</translation>
    </message>
    <message>
        <source>Sign it</source>
        <translation>Unterschreiben</translation>
    </message>
    <message>
        <source>Your own passphrase</source>
        <translation>Ihr eigenes Kennwort</translation>
    </message>
    <message>
        <source>Passphrase of {person}</source>
        <translation>Kennwort von {person}</translation>
    </message>
    <message>
        <source>Your first signature here: choose a passphrase of 8 characters or more.</source>
        <translation>Ihre erste Unterschrift hier: Wählen Sie ein Kennwort mit mindestens 8 Zeichen.</translation>
    </message>
    <message>
        <source>The passphrase is needed.</source>
        <translation>Das Kennwort wird gebraucht.</translation>
    </message>
</context>
<context>
    <name>PaymentsView</name>
    <message>
        <source>Payments not verified</source>
        <translation>Zahlung ungeprüft</translation>
    </message>
    <message>
        <source>Import statement</source>
        <translation>Kontoauszug einlesen</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Angabe</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Zeit übrig</translation>
    </message>
    <message>
        <source>Claims, what customers told us</source>
        <translation>Angaben, was Kunden uns sagten</translation>
    </message>
    <message>
        <source>Statement line</source>
        <translation>Zeile im Auszug</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Payments that went nowhere yet</source>
        <translation>Noch nicht zugeordnete Zahlungen</translation>
    </message>
    <message numerus="yes">
        <source>%n claim(s)</source>
        <translation>
            <numerusform>%n Angabe</numerusform>
            <numerusform>%n Angaben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n angehalten</numerusform>
            <numerusform>%n angehalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Open cases only</source>
        <translation>Nur offene Fälle</translation>
    </message>
    <message>
        <source>All cases</source>
        <translation>Alle Fälle</translation>
    </message>
    <message>
        <source>No payment waits to be verified</source>
        <translation>Keine Zahlung wartet auf Prüfung</translation>
    </message>
    <message>
        <source>Claims taken in calls stand here until Billing or a statement shows them.</source>
        <translation>Angaben aus Anrufen stehen hier, bis Abrechnung oder Kontoauszug sie zeigt.</translation>
    </message>
    <message>
        <source>Statements can be matched here without it.</source>
        <translation>Kontoauszüge lassen sich hier auch ohne sie abgleichen.</translation>
    </message>
    <message>
        <source>Billing&apos;s data is not on this computer yet.</source>
        <translation>Daten der Abrechnung sind noch nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Billing&apos;s data is from {time}.</source>
        <translation>Die Daten der Abrechnung sind von {time}.</translation>
    </message>
    <message>
        <source>Payments claimed since then stay not verified.</source>
        <translation>Seither behauptete Zahlungen bleiben ungeprüft.</translation>
    </message>
    <message>
        <source>If settled: {amount} is a part; {rest} stays open.</source>
        <translation>Beim Klären: {amount} ist ein Teil; {rest} bleibt offen.</translation>
    </message>
    <message>
        <source>If settled: {amount} is verified; {rest} of the payment stays for others.</source>
        <translation>Beim Klären: {amount} ist geprüft; {rest} der Zahlung bleibt für andere.</translation>
    </message>
    <message>
        <source>If settled: the ticket&apos;s payment is verified. It can be taken back.</source>
        <translation>Beim Klären: Die Zahlung des Tickets ist geprüft. Das lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>Settled by hand. B takes it back.</source>
        <translation>Von Hand geklärt. B nimmt es zurück.</translation>
    </message>
    <message>
        <source>Settled by itself: the payment fits. N says it is not this one.</source>
        <translation>Von selbst geklärt: Die Zahlung passt. N sagt, dass es nicht diese ist.</translation>
    </message>
    <message>
        <source>Decided: {state}. B takes it back.</source>
        <translation>Entschieden: {state}. B nimmt es zurück.</translation>
    </message>
    <message>
        <source>Nothing speaks for any of the open payments. Tab and the arrows look at them.</source>
        <translation>Für keine der offenen Zahlungen spricht etwas. Tab und die Pfeile führen hin.</translation>
    </message>
    <message>
        <source>No open payment of this currency is on this computer yet.</source>
        <translation>Auf diesem Rechner ist noch keine offene Zahlung in dieser Währung.</translation>
    </message>
    <message>
        <source>Settled: {who}</source>
        <translation>Geklärt: {who}</translation>
    </message>
    <message>
        <source>A part is settled: {who}</source>
        <translation>Ein Teil ist geklärt: {who}</translation>
    </message>
    <message>
        <source>Not this line: {who}</source>
        <translation>Nicht diese Zeile: {who}</translation>
    </message>
    <message>
        <source>{state}: {who}</source>
        <translation>{state}: {who}</translation>
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
    <name>PlateForm</name>
    <message>
        <source>Read off the rating plate</source>
        <translation>Vom Typenschild abgelesen</translation>
    </message>
    <message>
        <source>Link the tickets</source>
        <translation>Tickets zuordnen</translation>
    </message>
    <message>
        <source>Who read it</source>
        <translation>Wer es abgelesen hat</translation>
    </message>
    <message>
        <source>What the plate says</source>
        <translation>Was auf dem Schild steht</translation>
    </message>
    <message>
        <source>Needed.</source>
        <translation>Wird gebraucht.</translation>
    </message>
</context>
<context>
    <name>PolicyView</name>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Limits per customer and desk</source>
        <translation>Grenzen je Kunde und Platz</translation>
    </message>
    <message>
        <source>The worst case</source>
        <translation>Der schlimmste Fall</translation>
    </message>
    <message>
        <source>Countdown of a claim</source>
        <translation>Fristen einer Angabe</translation>
    </message>
    <message>
        <source>Who decides about held tickets</source>
        <translation>Wer über angehaltene Tickets entscheidet</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Open claims per customer</source>
        <translation>Offene Angaben je Kunde</translation>
    </message>
    <message>
        <source>Open claims per desk</source>
        <translation>Offene Angaben je Platz</translation>
    </message>
    <message>
        <source>Claimed per customer</source>
        <translation>Behauptet je Kunde</translation>
    </message>
    <message>
        <source>Claimed per desk</source>
        <translation>Behauptet je Platz</translation>
    </message>
    <message>
        <source>Standard cost of a visit</source>
        <translation>Übliche Kosten eines Besuchs</translation>
    </message>
    <message>
        <source>A limit never blocks saving: the ticket is saved, its visit waits for a decision. Danger is never held.</source>
        <translation>Eine Grenze verhindert nie das Speichern: Das Ticket ist gespeichert, sein Besuch wartet auf eine Entscheidung. Gefahr wird nie angehalten.</translation>
    </message>
    <message>
        <source>{desks} desks × {tickets} tickets × {cost} a visit</source>
        <translation>{desks} Plätze × {tickets} Tickets × {cost} je Besuch</translation>
    </message>
    <message>
        <source>No limit of money claimed is set for {currency}: the visits alone are bounded.</source>
        <translation>Für {currency} ist keine Betragsgrenze gesetzt: Nur die Besuche sind begrenzt.</translation>
    </message>
    <message>
        <source>{desks} desks × {cap} claimed</source>
        <translation>{desks} Plätze × {cap} behauptet</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <source>Open now</source>
        <translation>Jetzt offen</translation>
    </message>
    <message>
        <source>Warns after</source>
        <translation>Warnt nach</translation>
    </message>
    <message>
        <source>Goes to a supervisor after</source>
        <translation>Geht zur Leitung nach</translation>
    </message>
    <message>
        <source>Holds the visit after</source>
        <translation>Hält den Besuch an nach</translation>
    </message>
    <message>
        <source>It never holds a visit by itself while Billing&apos;s data is older than the claim; then a supervisor is asked.</source>
        <translation>Sie hält nie von selbst einen Besuch an, solange die Daten der Abrechnung älter sind als die Angabe; dann wird die Leitung gefragt.</translation>
    </message>
    <message>
        <source>The configuration names no supervisor.</source>
        <translation>Die Konfiguration nennt keine Leitung.</translation>
    </message>
    <message>
        <source>Undecided after {length}, a held ticket goes to the next.</source>
        <translation>Ohne Entscheidung geht ein angehaltenes Ticket nach {length} an die nächste Person.</translation>
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
        <source>Run offhook restore --from-journal.</source>
        <translation>offhook restore --from-journal ausführen.</translation>
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
        <source>The file with this desk&apos;s data is gone.</source>
        <translation>Die Datei mit den Daten dieses Platzes ist weg.</translation>
    </message>
    <message>
        <source>Run offhook restore --from-journal, or --from-second-place FOLDER.</source>
        <translation>Führen Sie offhook restore --from-journal aus, oder --from-second-place ORDNER.</translation>
    </message>
    <message>
        <source>No desk is enrolled here yet.</source>
        <translation>Hier ist noch kein Arbeitsplatz angemeldet.</translation>
    </message>
    <message>
        <source>Enrol it with the code of your organisation.</source>
        <translation>Richten Sie ihn mit dem Code Ihrer Organisation ein.</translation>
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
    <name>PromiseList</name>
    <message>
        <source>Promised to {whom}: {what}</source>
        <translation>{whom} zugesagt: {what}</translation>
    </message>
</context>
<context>
    <name>ProposalForm</name>
    <message>
        <source>Propose a new model</source>
        <translation>Neues Modell vorschlagen</translation>
    </message>
    <message>
        <source>Propose it</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>Hersteller</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Numbers, a comma between</source>
        <translation>Nummern, durch Komma getrennt</translation>
    </message>
    <message>
        <source>Where it is from</source>
        <translation>Woher es stammt</translation>
    </message>
    <message>
        <source>Photo of the sticker, K7-0376-H</source>
        <translation>Foto des Schilds</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Also said: {words}</source>
        <translation>Auch gesagt: {words}</translation>
    </message>
    <message>
        <source>Near in the catalog: {names}</source>
        <translation>Nahe im Katalog: {names}</translation>
    </message>
    <message>
        <source>Nothing in the catalog comes near.</source>
        <translation>Nichts im Katalog kommt nahe.</translation>
    </message>
    <message>
        <source>A model has a name or a number.</source>
        <translation>Ein Modell hat einen Namen oder eine Nummer.</translation>
    </message>
</context>
<context>
    <name>ProposalWork</name>
    <message>
        <source>Reject the proposal</source>
        <translation>Vorschlag ablehnen</translation>
    </message>
    <message>
        <source>Reject it</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>A rejection has a reason.</source>
        <translation>Eine Ablehnung braucht einen Grund.</translation>
    </message>
    <message>
        <source>Ask back</source>
        <translation>Rückfrage</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Question to the proposer</source>
        <translation>Frage an den, der es vorschlug</translation>
    </message>
    <message>
        <source>What is asked?</source>
        <translation>Was wird gefragt?</translation>
    </message>
    <message>
        <source>Answer the question</source>
        <translation>Frage beantworten</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>What is the answer?</source>
        <translation>Was ist die Antwort?</translation>
    </message>
    <message numerus="yes">
        <source>Approving resolves %n waiting ticket(s)</source>
        <translation>
            <numerusform>Die Freigabe klärt %n wartendes Ticket</numerusform>
            <numerusform>Die Freigabe klärt %n wartende Tickets</numerusform>
        </translation>
    </message>
    <message>
        <source>and makes {words} findable on the next call.</source>
        <translation>und macht {words} beim nächsten Anruf auffindbar.</translation>
    </message>
    <message>
        <source>The words fit other models as well, so only these tickets are linked.</source>
        <translation>Die Worte passen auch auf andere Modelle, darum werden nur diese Tickets zugeordnet.</translation>
    </message>
    <message>
        <source>You proposed it: another supervisor decides.</source>
        <translation>Von Ihnen vorgeschlagen: Eine andere Aufsicht entscheidet.</translation>
    </message>
    <message>
        <source>{person} is to decide. You can take it over (D), with a reason.</source>
        <translation>{person} soll entscheiden. Sie können es übernehmen (D), mit Begründung.</translation>
    </message>
    <message>
        <source>Proposed by {person}, so you may approve.</source>
        <translation>Von {person} vorgeschlagen, Sie dürfen also freigeben.</translation>
    </message>
    <message>
        <source>Catalog is down: the decision is signed here and sent later.</source>
        <translation>Katalog nicht erreichbar: Die Entscheidung wird hier unterschrieben und später gesendet.</translation>
    </message>
    <message>
        <source>Asked back</source>
        <translation>Zurückgefragt</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>{person} decides</source>
        <translation>{person} entscheidet</translation>
    </message>
</context>
<context>
    <name>QueueExport</name>
    <message>
        <source>Export CSV</source>
        <translation>CSV exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) written.</source>
        <translation>
            <numerusform>%n Ticket geschrieben.</numerusform>
            <numerusform>%n Tickets geschrieben.</numerusform>
        </translation>
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
    <message>
        <source>No ticket is chosen.</source>
        <translation>Kein Ticket ist ausgewählt.</translation>
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
        <source>first mirror {here} of {all}</source>
        <translation>erster Abgleich {here} von {all}</translation>
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
        <source>Calls can be taken meanwhile; {progress}.</source>
        <translation>Anrufe lassen sich schon annehmen; {progress}.</translation>
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
    <name>RecordWords</name>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Catalog entry</source>
        <translation>Katalogeintrag</translation>
    </message>
    <message>
        <source>Remembered words</source>
        <translation>Gemerkte Worte</translation>
    </message>
    <message>
        <source>Proposed model</source>
        <translation>Vorgeschlagenes Modell</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Besuch</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>Meint</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Same as</source>
        <translation>Gleich mit</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>Hersteller</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Also written</source>
        <translation>Auch geschrieben</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Angabe</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Postleitzahl</translation>
    </message>
    <message>
        <source>Phones</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>Rating plate</source>
        <translation>Typenschild</translation>
    </message>
    <message>
        <source>Bought at</source>
        <translation>Gekauft bei</translation>
    </message>
    <message>
        <source>Bought on</source>
        <translation>Gekauft am</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Call-back due</source>
        <translation>Rückruf fällig</translation>
    </message>
    <message>
        <source>Rung back</source>
        <translation>Zurückgerufen</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Fachkraft</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>Mitgeteilt</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Decides</source>
        <translation>Entscheidet</translation>
    </message>
    <message>
        <source>stands for itself</source>
        <translation>steht für sich</translation>
    </message>
    <message>
        <source>no model: forgotten</source>
        <translation>kein Modell: vergessen</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>ausgelaufen</translation>
    </message>
    <message>
        <source>supported</source>
        <translation>unterstützt</translation>
    </message>
</context>
<context>
    <name>Refusals</name>
    <message>
        <source>That desk has not told central its key yet.</source>
        <translation>Dieser Platz hat der Zentrale seinen Schlüssel noch nicht genannt.</translation>
    </message>
    <message>
        <source>It does so with its next contact; or choose another desk.</source>
        <translation>Das geschieht beim nächsten Kontakt; oder wählen Sie einen anderen Platz.</translation>
    </message>
    <message>
        <source>No other desk of that name is in the directory.</source>
        <translation>Kein anderer Platz dieses Namens steht im Verzeichnis.</translation>
    </message>
    <message>
        <source>This desk has no key of its own yet.</source>
        <translation>Dieser Platz hat noch keinen eigenen Schlüssel.</translation>
    </message>
    <message>
        <source>Start it once, then again.</source>
        <translation>Starten Sie ihn einmal, dann erneut.</translation>
    </message>
    <message>
        <source>That hand-over is for another desk.</source>
        <translation>Diese Übergabe ist für einen anderen Platz.</translation>
    </message>
    <message>
        <source>The desk that is named did not sign this hand-over.</source>
        <translation>Der genannte Platz hat diese Übergabe nicht unterschrieben.</translation>
    </message>
    <message>
        <source>Fetch the newest directory (sync), or have the file made again.</source>
        <translation>Holen Sie das neueste Verzeichnis (sync), oder lassen Sie die Datei neu erstellen.</translation>
    </message>
    <message>
        <source>That receipt is not for this desk, or of none in the directory.</source>
        <translation>Diese Quittung gilt nicht für diesen Platz, oder ihr Platz steht nicht im Verzeichnis.</translation>
    </message>
    <message>
        <source>Work here is not at central yet (unsent: {count}, drafts: {drafts}).</source>
        <translation>Hier ist Arbeit, die noch nicht in der Zentrale ist (ungesendet: {count}, Entwürfe: {drafts}).</translation>
    </message>
    <message>
        <source>Nothing was removed.</source>
        <translation>Nichts wurde entfernt.</translation>
    </message>
    <message>
        <source>Send it, or hand it over to another desk and give its receipt.</source>
        <translation>Senden Sie sie, oder übergeben Sie sie einem anderen Platz und geben Sie dessen Quittung an.</translation>
    </message>
    <message>
        <source>This desk has no key of its own.</source>
        <translation>Dieser Platz hat keinen eigenen Schlüssel.</translation>
    </message>
    <message>
        <source>There is nothing of yours to hand over.</source>
        <translation>Von Ihnen gibt es nichts zu übergeben.</translation>
    </message>
    <message>
        <source>A decision needs its reason.</source>
        <translation>Eine Entscheidung braucht ihren Grund.</translation>
    </message>
    <message>
        <source>Ask a supervisor.</source>
        <translation>Fragen Sie jemanden aus der Aufsicht.</translation>
    </message>
    <message>
        <source>Between 1 and {most} blanks are printed at once.</source>
        <translation>Es werden 1 bis {most} Vordrucke auf einmal gedruckt.</translation>
    </message>
    <message>
        <source>Call back, or offer the visit at a price.</source>
        <translation>Rufen Sie zurück, oder bieten Sie den Besuch gegen Bezahlung an.</translation>
    </message>
    <message>
        <source>Enter it at the desk that printed it.</source>
        <translation>Geben Sie ihn an dem Platz ein, der ihn gedruckt hat.</translation>
    </message>
    <message>
        <source>No blank of this desk has that reference.</source>
        <translation>Kein Vordruck dieses Platzes hat diese Referenz.</translation>
    </message>
    <message>
        <source>Nothing is left of that payment.</source>
        <translation>Von dieser Zahlung ist nichts mehr übrig.</translation>
    </message>
    <message>
        <source>Nothing of that service is held.</source>
        <translation>Von diesem Dienst wird nichts zurückgehalten.</translation>
    </message>
    <message>
        <source>Nothing was written twice.</source>
        <translation>Nichts wurde doppelt geschrieben.</translation>
    </message>
    <message>
        <source>Say why.</source>
        <translation>Sagen Sie, warum.</translation>
    </message>
    <message>
        <source>Between 1 and {count} blanks are printed at once.</source>
        <translation>Auf einmal werden 1 bis {count} Vordrucke gedruckt.</translation>
    </message>
    <message>
        <source>The claim is not open any more.</source>
        <translation>Die Zahlungsangabe ist nicht mehr offen.</translation>
    </message>
    <message>
        <source>The report&apos;s end is not after its beginning.</source>
        <translation>Das Ende des Berichts liegt nicht nach seinem Anfang.</translation>
    </message>
    <message>
        <source>The ticket is saved and keeps its reference.</source>
        <translation>Das Ticket ist gespeichert und behält seine Referenz.</translation>
    </message>
    <message>
        <source>The visit is held: nobody verified the payment in time.</source>
        <translation>Der Besuch ist angehalten: Niemand hat die Zahlung rechtzeitig geprüft.</translation>
    </message>
    <message>
        <source>The visit is held: the payment is missing or disputed.</source>
        <translation>Der Besuch ist angehalten: Die Zahlung fehlt oder ist strittig.</translation>
    </message>
    <message>
        <source>The visit waits for a decision: too many payments are not verified.</source>
        <translation>Der Besuch wartet auf eine Entscheidung: Zu viele Zahlungen sind nicht geprüft.</translation>
    </message>
    <message>
        <source>{person} decides.</source>
        <translation>{person} entscheidet.</translation>
    </message>
    <message>
        <source>This is not a statement we can read. {why}</source>
        <translation>Das ist kein lesbarer Kontoauszug. {why}</translation>
    </message>
    <message>
        <source>The statement&apos;s file cannot be read.</source>
        <translation>Die Datei des Auszugs ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Check its name.</source>
        <translation>Prüfen Sie ihren Namen.</translation>
    </message>
    <message>
        <source>Columns are written MEANING=HEADING.</source>
        <translation>Spalten schreibt man BEDEUTUNG=ÜBERSCHRIFT.</translation>
    </message>
    <message>
        <source>A column cannot mean that.</source>
        <translation>Das kann keine Spalte bedeuten.</translation>
    </message>
    <message>
        <source>A mapping&apos;s name has letters, digits, dots and dashes.</source>
        <translation>Der Name einer Spaltenliste hat Buchstaben, Ziffern, Punkte und Striche.</translation>
    </message>
    <message>
        <source>No line of the file has a date and an amount.</source>
        <translation>Keine Zeile der Datei hat Datum und Betrag.</translation>
    </message>
    <message>
        <source>The XML is no CAMT.053 end-of-day statement.</source>
        <translation>Das XML ist kein CAMT.053-Tagesauszug.</translation>
    </message>
    <message>
        <source>The XML is no bank statement.</source>
        <translation>Das XML ist kein Kontoauszug.</translation>
    </message>
    <message>
        <source>The file declares entities of its own; no bank does.</source>
        <translation>Die Datei vereinbart eigene Entitäten; keine Bank tut das.</translation>
    </message>
    <message>
        <source>The file has no heading with a date and an amount.</source>
        <translation>Die Datei hat keine Überschrift mit Datum und Betrag.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>The file is larger than 64 MB.</source>
        <translation>Die Datei ist größer als 64 MB.</translation>
    </message>
    <message>
        <source>The file is no text.</source>
        <translation>Die Datei ist kein Text.</translation>
    </message>
    <message>
        <source>The file nests deeper than any statement.</source>
        <translation>Die Datei ist tiefer verschachtelt als jeder Auszug.</translation>
    </message>
    <message>
        <source>The file&apos;s encoding cannot be read.</source>
        <translation>Die Zeichenkodierung der Datei ist nicht lesbar.</translation>
    </message>
    <message>
        <source>There is neither a balance nor a booking in the file.</source>
        <translation>Die Datei hat weder Saldo noch Buchung.</translation>
    </message>
    <message>
        <source>There is no statement in the file.</source>
        <translation>Die Datei enthält keinen Auszug.</translation>
    </message>
    <message>
        <source>The file is no whole XML: it breaks off in line {line}.</source>
        <translation>Die Datei ist kein vollständiges XML: Sie bricht in Zeile {line} ab.</translation>
    </message>
    <message>
        <source>The balance cannot be read.</source>
        <translation>Der Saldo ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The balance cannot be read: {why}.</source>
        <translation>Der Saldo ist nicht lesbar: {why}.</translation>
    </message>
    <message>
        <source>The booking cannot be read: {why}.</source>
        <translation>Die Buchung ist nicht lesbar: {why}.</translation>
    </message>
    <message>
        <source>The line cannot be read: {why}.</source>
        <translation>Die Zeile ist nicht lesbar: {why}.</translation>
    </message>
    <message>
        <source>Entry {number} cannot be read: {why}.</source>
        <translation>Eintrag {number} ist nicht lesbar: {why}.</translation>
    </message>
    <message>
        <source>a field never ends</source>
        <translation>ein Feld endet nie</translation>
    </message>
    <message>
        <source>a date no calendar has</source>
        <translation>ein Datum, das kein Kalender hat</translation>
    </message>
    <message>
        <source>a field is not as the format wants it</source>
        <translation>ein Feld ist nicht, wie es das Format verlangt</translation>
    </message>
    <message>
        <source>another currency than its statement</source>
        <translation>andere Währung als der Auszug</translation>
    </message>
    <message>
        <source>larger than any amount of money</source>
        <translation>größer als jeder Geldbetrag</translation>
    </message>
    <message>
        <source>more decimals than the currency has</source>
        <translation>mehr Nachkommastellen, als die Währung hat</translation>
    </message>
    <message>
        <source>neither credit nor debit</source>
        <translation>weder Haben noch Soll</translation>
    </message>
    <message>
        <source>no amount with a currency</source>
        <translation>kein Betrag mit Währung</translation>
    </message>
    <message>
        <source>no amount</source>
        <translation>kein Betrag</translation>
    </message>
    <message>
        <source>no booking date</source>
        <translation>kein Buchungstag</translation>
    </message>
    <message>
        <source>no currency of three letters</source>
        <translation>keine Währung aus drei Buchstaben</translation>
    </message>
    <message>
        <source>no date</source>
        <translation>kein Datum</translation>
    </message>
    <message>
        <source>no date, mark and amount</source>
        <translation>kein Datum, Vorzeichen und Betrag</translation>
    </message>
    <message>
        <source>not an amount</source>
        <translation>kein Betrag dieser Art</translation>
    </message>
    <message>
        <source>the amount is unclear</source>
        <translation>der Betrag ist unklar</translation>
    </message>
    <message>
        <source>the amounts are written in two ways</source>
        <translation>die Beträge sind auf zwei Arten geschrieben</translation>
    </message>
    <message>
        <source>thousands or decimals: it is unclear</source>
        <translation>Tausender oder Dezimalen: unklar</translation>
    </message>
    <message>
        <source>The answer is empty.</source>
        <translation>Die Antwort ist leer.</translation>
    </message>
    <message>
        <source>Coverage is one of: verified, claimed, waived.</source>
        <translation>Abdeckung ist geprüft, behauptet oder erlassen.</translation>
    </message>
    <message>
        <source>The ticket names a customer already.</source>
        <translation>Das Ticket nennt schon einen Kunden.</translation>
    </message>
    <message>
        <source>The visit&apos;s end is not after its beginning.</source>
        <translation>Das Ende des Besuchs liegt nicht nach seinem Anfang.</translation>
    </message>
    <message>
        <source>The file is larger than 5 MB.</source>
        <translation>Die Datei ist größer als 5 MB.</translation>
    </message>
    <message>
        <source>Take a smaller picture of it.</source>
        <translation>Machen Sie ein kleineres Bild davon.</translation>
    </message>
    <message>
        <source>The ticket has 20 MB of files already.</source>
        <translation>Das Ticket hat schon 20 MB an Dateien.</translation>
    </message>
    <message>
        <source>This file is at the desk that took it.</source>
        <translation>Diese Datei ist an dem Platz, der sie aufnahm.</translation>
    </message>
    <message>
        <source>Ask that desk for it.</source>
        <translation>Fragen Sie dort danach.</translation>
    </message>
    <message>
        <source>The ticket has more than one claim.</source>
        <translation>Das Ticket hat mehr als eine Zahlungsangabe.</translation>
    </message>
    <message>
        <source>Name one of them: {claims}.</source>
        <translation>Nennen Sie eine davon: {claims}.</translation>
    </message>
    <message>
        <source>Nobody has decided anything about this claim.</source>
        <translation>Über diese Angabe hat noch niemand entschieden.</translation>
    </message>
    <message>
        <source>The claim names no amount, so no part of a payment can be given to it.</source>
        <translation>Die Angabe nennt keinen Betrag, also lässt sich ihr kein Teil einer Zahlung geben.</translation>
    </message>
    <message>
        <source>Decide about the claim instead.</source>
        <translation>Entscheiden Sie stattdessen über die Angabe.</translation>
    </message>
    <message>
        <source>There is no such service.</source>
        <translation>Einen solchen Dienst gibt es nicht.</translation>
    </message>
    <message>
        <source>This blank was entered already.</source>
        <translation>Dieser Vordruck wurde schon eingegeben.</translation>
    </message>
    <message>
        <source>{field} cannot be left empty.</source>
        <translation>{field} darf nicht leer sein.</translation>
    </message>
    <message>
        <source>The file is larger than 20 MB.</source>
        <translation>Die Datei ist größer als 20 MB.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Die Datei kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>It is {state} already.</source>
        <translation>Das ist schon so: {state}.</translation>
    </message>
    <message>
        <source>Look at the differences again.</source>
        <translation>Sehen Sie die Unterschiede noch einmal an.</translation>
    </message>
    <message>
        <source>Nothing was taken in.</source>
        <translation>Nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>That model is not on this computer.</source>
        <translation>Dieses Modell ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>The catalog or the file has changed since it was shown.</source>
        <translation>Der Katalog oder die Datei hat sich geändert, seit sie gezeigt wurde.</translation>
    </message>
    <message>
        <source>The file has more than {count} rows.</source>
        <translation>Die Datei hat mehr als {count} Zeilen.</translation>
    </message>
    <message>
        <source>The file is no CSV from some line on.</source>
        <translation>Die Datei ist ab einer Zeile kein CSV.</translation>
    </message>
    <message>
        <source>The file needs at least the columns manufacturer and model_name.</source>
        <translation>Die Datei braucht mindestens die Spalten manufacturer und model_name.</translation>
    </message>
    <message>
        <source>More than one desk has that name: {listed}.</source>
        <translation>Mehr als ein Platz trägt diesen Namen: {listed}.</translation>
    </message>
    <message>
        <source>Name it by its code: that of the references it gives now.</source>
        <translation>Nennen Sie ihn mit seinem Code: dem der Referenzen, die er jetzt vergibt.</translation>
    </message>
    <message>
        <source>This call was handed over to {desk}.</source>
        <translation>Dieses Gespräch wurde {desk} übergeben.</translation>
    </message>
    <message>
        <source>Nothing was written; its words are kept as a draft.</source>
        <translation>Nichts wurde geschrieben; seine Worte sind als Entwurf aufgehoben.</translation>
    </message>
    <message>
        <source>It is finished there; take it back first where that desk will not finish it.</source>
        <translation>Es wird dort abgeschlossen; holen Sie es erst zurück, wenn jener Platz es nicht abschließen wird.</translation>
    </message>
    <message>
        <source>No other desk has that draft.</source>
        <translation>Kein anderer Platz hat diesen Entwurf.</translation>
    </message>
    <message>
        <source>No desk is enrolled in this profile.</source>
        <translation>In diesem Profil ist kein Platz eingerichtet.</translation>
    </message>
    <message>
        <source>Nothing was made.</source>
        <translation>Nichts wurde angelegt.</translation>
    </message>
    <message>
        <source>Enrol it: offhook enrol --central URL --code CODE.</source>
        <translation>Richten Sie ihn ein: offhook enrol --central URL --code CODE.</translation>
    </message>
    <message>
        <source>That is no address of a central.</source>
        <translation>Das ist keine Adresse einer Zentrale.</translation>
    </message>
    <message>
        <source>Not an address.</source>
        <translation>Keine Adresse.</translation>
    </message>
    <message>
        <source>It looks like https://central.example.</source>
        <translation>Sie sieht so aus: https://central.example.</translation>
    </message>
    <message>
        <source>Check the address and that central runs, then enrol again; while it is down a desk is enrolled from a seed.</source>
        <translation>Prüfen Sie die Adresse und ob die Zentrale läuft, dann noch einmal; solange sie ausgefallen ist, wird ein Platz aus einer Startdatei eingerichtet.</translation>
    </message>
    <message>
        <source>No address of central was given.</source>
        <translation>Es wurde keine Adresse der Zentrale genannt.</translation>
    </message>
    <message>
        <source>Central does not answer.</source>
        <translation>Die Zentrale antwortet nicht.</translation>
    </message>
    <message>
        <source>Central does not know this enrolment code.</source>
        <translation>Die Zentrale kennt diesen Einrichtungscode nicht.</translation>
    </message>
    <message>
        <source>Ask whoever gave it for another one.</source>
        <translation>Lassen Sie sich einen neuen geben.</translation>
    </message>
    <message>
        <source>What answers there is not central.</source>
        <translation>Was dort antwortet, ist nicht die Zentrale.</translation>
    </message>
    <message>
        <source>Check the address.</source>
        <translation>Prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>The seed file cannot be read.</source>
        <translation>Die Startdatei ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The seed&apos;s snapshot cannot be read.</source>
        <translation>Der Bestand in der Startdatei ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The seed is not signed by the organisation it names.</source>
        <translation>Die Startdatei ist nicht von der Organisation unterschrieben, die sie nennt.</translation>
    </message>
    <message>
        <source>The seed is of the organisation {organisation}.</source>
        <translation>Die Startdatei ist von der Organisation {organisation}.</translation>
    </message>
    <message>
        <source>Compare it with what central printed, or with another desk (offhook status); where it is the same, give it with --organisation.</source>
        <translation>Vergleichen Sie das mit dem, was die Zentrale gedruckt hat, oder mit einem anderen Platz (offhook status); stimmt es überein, geben Sie es an (--organisation).</translation>
    </message>
    <message>
        <source>A record on this computer cannot be read.</source>
        <translation>Ein Datensatz auf diesem Rechner ist nicht zu lesen.</translation>
    </message>
    <message>
        <source>What was sent is at central, and what waits is safe.</source>
        <translation>Gesendetes ist bei der Zentrale, und was wartet, ist sicher.</translation>
    </message>
    <message>
        <source>Have it put right by central: offhook parity.</source>
        <translation>Lassen Sie es von der Zentrale richtigstellen: offhook parity.</translation>
    </message>
    <message>
        <source>That file is there already.</source>
        <translation>Diese Datei gibt es schon.</translation>
    </message>
    <message>
        <source>Name another one.</source>
        <translation>Nennen Sie eine andere.</translation>
    </message>
    <message>
        <source>Name the file.</source>
        <translation>Nennen Sie die Datei.</translation>
    </message>
    <message>
        <source>The hand-over&apos;s file cannot be read.</source>
        <translation>Die Datei der Übergabe ist nicht lesbar.</translation>
    </message>
    <message>
        <source>That file is no hand-over of this program.</source>
        <translation>Diese Datei ist keine Übergabe dieses Programms.</translation>
    </message>
    <message>
        <source>That file is no box of this program.</source>
        <translation>Diese Datei stammt nicht von diesem Programm.</translation>
    </message>
    <message>
        <source>The hand-over is not as the desk signed it.</source>
        <translation>Die Übergabe ist nicht mehr so, wie der Platz sie unterschrieben hat.</translation>
    </message>
    <message>
        <source>The receipt cannot be read.</source>
        <translation>Die Quittung ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>Die Datei konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Everything is still in this desk&apos;s outbox.</source>
        <translation>Alles steht noch im Ausgang dieses Platzes.</translation>
    </message>
    <message>
        <source>Name another place, then again.</source>
        <translation>Nennen Sie einen anderen Ort, dann noch einmal.</translation>
    </message>
    <message>
        <source>The directory does not have the key that signed this hand-over: {here}.</source>
        <translation>Das Verzeichnis hat den Schlüssel nicht, mit dem diese Übergabe signiert ist: {here}.</translation>
    </message>
    <message>
        <source>Fetch the newest directory (sync). A second computer from one seed has such a key: compare it with what that desk shows, and give it (--giver) where it is the same.</source>
        <translation>Holen Sie das neueste Verzeichnis (sync). Ein zweiter Rechner aus einer Startdatei hat einen solchen Schlüssel: Vergleichen Sie ihn mit dem, den jener Platz zeigt, und geben Sie ihn an (--giver), wenn er derselbe ist.</translation>
    </message>
    <message>
        <source>Only on this desk (how many): undecided conflicts {conflicts}, files of evidence {files}, paper blanks that nobody entered {blanks}.</source>
        <translation>Nur auf diesem Platz (Anzahl): unentschiedene Konflikte {conflicts}, Belege als Datei {files}, Vordrucke auf Papier, die niemand eingegeben hat, {blanks}.</translation>
    </message>
    <message>
        <source>Decide the conflicts, copy the files out, enter the paper; what nobody needs is given up on purpose (--give-up).</source>
        <translation>Entscheiden Sie die Konflikte, kopieren Sie die Dateien hinaus, geben Sie das Papier ein; was niemand braucht, wird mit Absicht aufgegeben (--give-up).</translation>
    </message>
    <message>
        <source>{name} is no longer allowed to work here.</source>
        <translation>{name} darf hier nicht mehr arbeiten.</translation>
    </message>
    <message>
        <source>{name} takes no calls and cannot finish them.</source>
        <translation>{name} nimmt keine Gespräche an und kann sie nicht abschließen.</translation>
    </message>
    <message>
        <source>Hand it to somebody who takes calls, or to the next shift.</source>
        <translation>Übergeben Sie es jemandem, der Gespräche annimmt, oder der nächsten Schicht.</translation>
    </message>
    <message>
        <source>It is yours already.</source>
        <translation>Es ist schon Ihres.</translation>
    </message>
    <message>
        <source>Those words are not on this computer.</source>
        <translation>Diese Wörter sind nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>What is the customer told?</source>
        <translation>Was wird dem Kunden gesagt?</translation>
    </message>
    <message>
        <source>Why is the model taken back?</source>
        <translation>Warum wird das Modell zurückgenommen?</translation>
    </message>
    <message>
        <source>That proposal is not on this computer.</source>
        <translation>Dieser Vorschlag ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Nothing was decided.</source>
        <translation>Nichts wurde entschieden.</translation>
    </message>
    <message>
        <source>The proposal has changed since it was shown.</source>
        <translation>Der Vorschlag wurde geändert, seit er gezeigt wurde.</translation>
    </message>
    <message>
        <source>Look at it again.</source>
        <translation>Sehen Sie ihn noch einmal an.</translation>
    </message>
    <message>
        <source>This customer is not on this computer.</source>
        <translation>Dieser Kunde ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Look for them by their phone number.</source>
        <translation>Suchen Sie ihn über seine Telefonnummer.</translation>
    </message>
    <message>
        <source>This ticket names no customer yet.</source>
        <translation>Dieses Ticket nennt noch keinen Kunden.</translation>
    </message>
    <message>
        <source>{person} may not do that: it needs another role.</source>
        <translation>{person} darf das nicht: Es braucht eine andere Rolle.</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Ask somebody with the role, or work as another person.</source>
        <translation>Fragen Sie jemanden mit der Rolle, oder arbeiten Sie als andere Person.</translation>
    </message>
    <message>
        <source>This desk has no configuration yet.</source>
        <translation>Dieser Platz hat noch keine Konfiguration.</translation>
    </message>
    <message>
        <source>Enrol it again.</source>
        <translation>Melden Sie ihn neu an.</translation>
    </message>
    <message>
        <source>The configuration names no agent.</source>
        <translation>Die Konfiguration nennt keinen Agenten.</translation>
    </message>
    <message>
        <source>That is no link to a ticket.</source>
        <translation>Das ist kein Link zu einem Ticket.</translation>
    </message>
    <message>
        <source>It looks like offhook://ticket/K7-0422-0.</source>
        <translation>Er sieht aus wie offhook://ticket/K7-0422-0.</translation>
    </message>
    <message>
        <source>Nobody of that name is in the configuration.</source>
        <translation>Niemand mit diesem Namen steht in der Konfiguration.</translation>
    </message>
    <message>
        <source>The export could not be written.</source>
        <translation>Der Export konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Nothing changed on this computer.</source>
        <translation>Auf diesem Rechner hat sich nichts geändert.</translation>
    </message>
    <message>
        <source>Correct that and save again.</source>
        <translation>Das berichtigen und noch einmal sichern.</translation>
    </message>
    <message>
        <source>That operation is not on this computer any more.</source>
        <translation>Dieser Vorgang ist nicht mehr auf diesem Rechner.</translation>
    </message>
    <message>
        <source>No conflict of that operation waits for a decision.</source>
        <translation>Zu diesem Vorgang ist kein Konflikt mehr zu entscheiden.</translation>
    </message>
    <message>
        <source>Somebody has changed it again: another value stands there now.</source>
        <translation>Jemand hat es noch einmal geändert: Dort steht jetzt ein anderer Wert.</translation>
    </message>
    <message>
        <source>Look at the values again, then choose.</source>
        <translation>Die Werte noch einmal ansehen, dann wählen.</translation>
    </message>
    <message>
        <source>A signed decision is made anew, where the proposal is shown.</source>
        <translation>Eine unterschriebene Entscheidung wird neu getroffen, wo der Vorschlag steht.</translation>
    </message>
    <message>
        <source>What it would be merged into is not on this computer.</source>
        <translation>Womit es zusammengeführt würde, ist nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>Only texts can be typed: choose one of the values.</source>
        <translation>Nur Texte lassen sich eingeben: Wählen Sie einen der Werte.</translation>
    </message>
    <message>
        <source>Nothing here was changed in two places.</source>
        <translation>Hier wurde nichts an zwei Stellen geändert.</translation>
    </message>
    <message>
        <source>The record is not at central any more.</source>
        <translation>Den Datensatz gibt es bei der Zentrale nicht mehr.</translation>
    </message>
    <message>
        <source>Not every field is decided.</source>
        <translation>Nicht jedes Feld ist entschieden.</translation>
    </message>
    <message>
        <source>That model is not in the catalog on this computer.</source>
        <translation>Dieses Modell steht nicht im Katalog auf diesem Rechner.</translation>
    </message>
    <message>
        <source>That ticket is not on this computer.</source>
        <translation>Dieses Ticket ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>These words fit other models as well.</source>
        <translation>Diese Worte passen auch auf andere Modelle.</translation>
    </message>
    <message>
        <source>Nothing was written; linking the tickets is still possible.</source>
        <translation>Nichts wurde geschrieben; die Tickets lassen sich trotzdem verknüpfen.</translation>
    </message>
    <message>
        <source>Remember words that only this model has.</source>
        <translation>Merken Sie Worte, die nur zu diesem Modell passen.</translation>
    </message>
    <message>
        <source>A proposal names a model.</source>
        <translation>Ein Vorschlag nennt ein Modell.</translation>
    </message>
    <message>
        <source>Nobody else may decide about it.</source>
        <translation>Niemand sonst darf darüber entscheiden.</translation>
    </message>
    <message>
        <source>A proposal carries at most {count} wordings.</source>
        <translation>Ein Vorschlag trägt höchstens {count} Formulierungen.</translation>
    </message>
    <message>
        <source>Missing.</source>
        <translation>Fehlt.</translation>
    </message>
    <message>
        <source>Somebody has proposed that model already.</source>
        <translation>Jemand hat dieses Modell schon vorgeschlagen.</translation>
    </message>
    <message>
        <source>It waits for a supervisor.</source>
        <translation>Es wartet auf eine Leitung.</translation>
    </message>
    <message>
        <source>The catalog has that model already: {model}.</source>
        <translation>Der Katalog hat dieses Modell schon: {model}.</translation>
    </message>
    <message>
        <source>Link the tickets to it.</source>
        <translation>Verknüpfen Sie die Tickets damit.</translation>
    </message>
    <message>
        <source>It is being sent just now.</source>
        <translation>Es wird gerade gesendet.</translation>
    </message>
    <message>
        <source>It stays in the outbox.</source>
        <translation>Es bleibt im Postausgang.</translation>
    </message>
    <message>
        <source>Look again in a moment.</source>
        <translation>Sehen Sie gleich noch einmal nach.</translation>
    </message>
    <message>
        <source>Change the ticket instead.</source>
        <translation>Ändern Sie stattdessen das Ticket.</translation>
    </message>
    <message>
        <source>Central has applied it.</source>
        <translation>Die Zentrale hat es übernommen.</translation>
    </message>
    <message>
        <source>Central has applied it, and its effect has come back.</source>
        <translation>Die Zentrale hat es übernommen, und die Wirkung ist zurück.</translation>
    </message>
    <message>
        <source>It was withdrawn before.</source>
        <translation>Es wurde schon zurückgezogen.</translation>
    </message>
    <message>
        <source>It never goes to central.</source>
        <translation>Es geht nie an die Zentrale.</translation>
    </message>
    <message>
        <source>Decide it anew.</source>
        <translation>Entscheiden Sie es neu.</translation>
    </message>
    <message>
        <source>Another one has taken its place.</source>
        <translation>Ein anderes ist an seine Stelle getreten.</translation>
    </message>
    <message>
        <source>It never goes to central itself.</source>
        <translation>Es geht selbst nie an die Zentrale.</translation>
    </message>
    <message>
        <source>Withdraw the one in its place.</source>
        <translation>Ziehen Sie das an seiner Stelle zurück.</translation>
    </message>
    <message>
        <source>Edit the one in its place.</source>
        <translation>Bearbeiten Sie das an seiner Stelle.</translation>
    </message>
    <message>
        <source>It was sent, and nobody knows yet whether it arrived.</source>
        <translation>Es wurde gesendet, und noch weiß niemand, ob es ankam.</translation>
    </message>
    <message>
        <source>Wait for central&apos;s answer, or withdraw it.</source>
        <translation>Warten Sie auf die Antwort der Zentrale, oder ziehen Sie es zurück.</translation>
    </message>
    <message>
        <source>It can only be tried again as it stands.</source>
        <translation>Es lässt sich nur so, wie es ist, noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Withdraw it, then decide anew.</source>
        <translation>Ziehen Sie es zurück, dann entscheiden Sie neu.</translation>
    </message>
    <message>
        <source>{field} cannot have that value.</source>
        <translation>{field} kann diesen Wert nicht haben.</translation>
    </message>
    <message>
        <source>Not a value of this field.</source>
        <translation>Kein Wert dieses Feldes.</translation>
    </message>
    <message>
        <source>It was sent and cannot be undone.</source>
        <translation>Es wurde gesendet und lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Add a note instead.</source>
        <translation>Schreiben Sie stattdessen eine Notiz.</translation>
    </message>
    <message>
        <source>There is no such operation in the outbox.</source>
        <translation>Diesen Vorgang gibt es im Postausgang nicht.</translation>
    </message>
    <message>
        <source>Central is not connected.</source>
        <translation>Die Zentrale ist nicht verbunden.</translation>
    </message>
    <message>
        <source>Central had applied it before.</source>
        <translation>Die Zentrale hatte es schon übernommen.</translation>
    </message>
    <message>
        <source>It may be at central already, or awaited there, and central does not answer.</source>
        <translation>Es kann schon bei der Zentrale sein oder dort erwartet werden, und die Zentrale antwortet nicht.</translation>
    </message>
    <message>
        <source>Withdraw it again when central is back.</source>
        <translation>Ziehen Sie es noch einmal zurück, wenn die Zentrale wieder da ist.</translation>
    </message>
    <message>
        <source>Take the call as a new one.</source>
        <translation>Nehmen Sie den Anruf als neuen an.</translation>
    </message>
    <message>
        <source>A person&apos;s passphrase has at least {count} characters.</source>
        <translation>Das Kennwort einer Person hat mindestens {count} Zeichen.</translation>
    </message>
    <message>
        <source>Too short.</source>
        <translation>Zu kurz.</translation>
    </message>
    <message>
        <source>Choose three words that only you know.</source>
        <translation>Wählen Sie drei Wörter, die nur Sie kennen.</translation>
    </message>
    <message>
        <source>{reference} is not on this computer yet. It was given by {desk}.</source>
        <translation>{reference} ist noch nicht auf diesem Rechner. Die Nummer kommt von {desk}.</translation>
    </message>
    <message>
        <source>{reference} is not on this computer yet.</source>
        <translation>{reference} ist noch nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>{reference} is not on this computer.</source>
        <translation>{reference} ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Fetch from central, then look again. What was deleted there is not kept.</source>
        <translation>Von der Zentrale holen, dann noch einmal nachsehen. Was dort gelöscht wurde, wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>{reference} was taken back at this desk.</source>
        <translation>{reference} wurde an diesem Platz zurückgenommen.</translation>
    </message>
    <message>
        <source>Ring extension {extension}, or leave a note.</source>
        <translation>Rufen Sie Durchwahl {extension} an, oder hinterlassen Sie eine Notiz.</translation>
    </message>
    <message>
        <source>Leave a note.</source>
        <translation>Hinterlassen Sie eine Notiz.</translation>
    </message>
    <message>
        <source>The note is empty.</source>
        <translation>Die Notiz ist leer.</translation>
    </message>
    <message>
        <source>Write something.</source>
        <translation>Schreiben Sie etwas.</translation>
    </message>
    <message>
        <source>The note is longer than 2 000 000 characters.</source>
        <translation>Die Notiz ist länger als 2 000 000 Zeichen.</translation>
    </message>
    <message>
        <source>Split it.</source>
        <translation>Teilen Sie sie.</translation>
    </message>
    <message>
        <source>{field} cannot be set.</source>
        <translation>{field} lässt sich nicht setzen.</translation>
    </message>
    <message>
        <source>This field cannot be set.</source>
        <translation>Dieses Feld lässt sich nicht setzen.</translation>
    </message>
    <message>
        <source>{field} is one of: {choices}.</source>
        <translation>{field} ist eines von: {choices}.</translation>
    </message>
    <message>
        <source>Not one of these.</source>
        <translation>Keines davon.</translation>
    </message>
    <message>
        <source>Unknown.</source>
        <translation>Unbekannt.</translation>
    </message>
    <message>
        <source>A ticket that is {status} cannot become {wanted_status}.</source>
        <translation>Ein Ticket im Zustand {status} kann nicht {wanted_status} werden.</translation>
    </message>
    <message>
        <source>A claim that is {claim} cannot become {wanted}.</source>
        <translation>Eine Angabe im Zustand {claim} kann nicht {wanted} werden.</translation>
    </message>
    <message>
        <source>There is no such open claim on this computer.</source>
        <translation>Diese offene Angabe gibt es auf diesem Rechner nicht.</translation>
    </message>
    <message>
        <source>A statement has no balances that could prove it whole.</source>
        <translation>Ein Kontoauszug hat keine Salden, die ihn als vollständig beweisen.</translation>
    </message>
    <message>
        <source>The balances of a statement and its lines differ: something is missing or twice.</source>
        <translation>Salden und Zeilen eines Kontoauszugs passen nicht: Etwas fehlt oder ist doppelt.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Ask the bank for the whole file.</source>
        <translation>Bitten Sie die Bank um die ganze Datei.</translation>
    </message>
    <message>
        <source>Compare the sums by hand, then confirm with --yes.</source>
        <translation>Vergleichen Sie die Summen von Hand und bestätigen Sie dann mit --yes.</translation>
    </message>
    <message>
        <source>It can become: nothing else.</source>
        <translation>Nichts anderes ist möglich.</translation>
    </message>
    <message>
        <source>It can become: {statuses}.</source>
        <translation>Möglich ist: {statuses}.</translation>
    </message>
    <message>
        <source>The caller&apos;s words are kept as they were said.</source>
        <translation>Die Worte des Anrufers bleiben, wie sie gesagt wurden.</translation>
    </message>
    <message>
        <source>Choose a model beside them instead.</source>
        <translation>Wählen Sie stattdessen ein Modell daneben.</translation>
    </message>
    <message>
        <source>{field} is a time like 2026-11-23T14:30:00Z.</source>
        <translation>{field} ist eine Zeit wie 2026-11-23T14:30:00Z.</translation>
    </message>
    <message>
        <source>Not a time.</source>
        <translation>Keine Zeit.</translation>
    </message>
    <message>
        <source>That is not a ticket reference.</source>
        <translation>Das ist keine Ticketnummer.</translation>
    </message>
    <message>
        <source>It looks like K7-0422-0.</source>
        <translation>Sie sieht so aus: K7-0422-0.</translation>
    </message>
    <message>
        <source>The reference has a slip in it: its last character does not fit.</source>
        <translation>Die Nummer enthält einen Fehler: Ihr letztes Zeichen passt nicht.</translation>
    </message>
    <message>
        <source>Ask the caller to read it again.</source>
        <translation>Bitten Sie den Anrufer, sie noch einmal vorzulesen.</translation>
    </message>
    <message>
        <source>It is merged already.</source>
        <translation>Es ist schon zusammengeführt.</translation>
    </message>
    <message>
        <source>This ticket was erased; nothing of it is kept.</source>
        <translation>Dieses Ticket wurde gelöscht und getilgt; nichts davon bleibt.</translation>
    </message>
    <message>
        <source>This ticket became part of another one.</source>
        <translation>Dieses Ticket ist Teil eines anderen geworden.</translation>
    </message>
    <message>
        <source>This ticket is older than what is kept.</source>
        <translation>Dieses Ticket ist älter als das, was aufbewahrt wird.</translation>
    </message>
    <message>
        <source>This ticket is not this desk&apos;s any more.</source>
        <translation>Dieses Ticket gehört nicht mehr zu diesem Platz.</translation>
    </message>
    <message>
        <source>This ticket was deleted at central.</source>
        <translation>Dieses Ticket wurde in der Zentrale gelöscht.</translation>
    </message>
    <message>
        <source>Take that merge back first.</source>
        <translation>Nehmen Sie erst jene Zusammenführung zurück.</translation>
    </message>
    <message>
        <source>That merge would lead back to itself.</source>
        <translation>Diese Zusammenführung würde zu sich selbst zurückführen.</translation>
    </message>
    <message>
        <source>It is not merged into anything.</source>
        <translation>Es ist mit nichts zusammengeführt.</translation>
    </message>
    <message>
        <source>The other ticket is closed: nobody would verify the payment any more.</source>
        <translation>Das andere Ticket ist geschlossen: Niemand würde die Zahlung noch prüfen.</translation>
    </message>
    <message>
        <source>Reopen the other ticket first, or settle the claim.</source>
        <translation>Öffnen Sie zuerst das andere Ticket wieder oder klären Sie die behauptete Zahlung.</translation>
    </message>
    <message>
        <source>That customer is not on this computer.</source>
        <translation>Dieser Kunde ist nicht auf diesem Computer.</translation>
    </message>
</context>
<context>
    <name>RemovePanel</name>
    <message>
        <source>Remove this desk from the computer</source>
        <translation>Diesen Platz vom Rechner entfernen</translation>
    </message>
    <message>
        <source>Its data, its keys and its drafts are deleted here; what was sent is at central. It is refused while work is only on this desk.</source>
        <translation>Seine Daten, Schlüssel und Entwürfe werden hier gelöscht; Gesendetes ist bei der Zentrale. Solange Arbeit nur auf diesem Platz ist, wird es verweigert.</translation>
    </message>
    <message>
        <source>Remove it...</source>
        <translation>Entfernen ...</translation>
    </message>
    <message>
        <source>Receipt of the desk that took the work over (may be left empty)</source>
        <translation>Quittung des Platzes, der die Arbeit übernahm (kann leer bleiben)</translation>
    </message>
    <message>
        <source>Give up what is only here</source>
        <translation>Aufgeben, was nur hier ist</translation>
    </message>
    <message>
        <source>Undecided conflicts, files of evidence, and paper.</source>
        <translation>Unentschiedene Konflikte, Belege als Datei und Papier.</translation>
    </message>
    <message>
        <source>Yes, remove the desk</source>
        <translation>Ja, den Platz entfernen</translation>
    </message>
    <message>
        <source>What you gave up goes with it. The window closes, and the desk is gone.</source>
        <translation>Was Sie aufgeben, geht mit. Das Fenster schließt sich, und der Platz ist weg.</translation>
    </message>
    <message>
        <source>Nothing is only here. The window closes, and the desk is gone.</source>
        <translation>Nichts ist nur hier. Das Fenster schließt sich, und der Platz ist weg.</translation>
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
    <name>ReportView</name>
    <message>
        <source>Outage report</source>
        <translation>Ausfallbericht</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Drucken</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Ergänzt</translation>
    </message>
    <message>
        <source>Unresolved</source>
        <translation>Unerledigt</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Offenes Risiko</translation>
    </message>
    <message>
        <source>A call in the outage</source>
        <translation>Ein Anruf im Ausfall</translation>
    </message>
    <message>
        <source>A call online</source>
        <translation>Ein Anruf online</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>By hour and agent</source>
        <translation>Je Stunde und Person</translation>
    </message>
    <message>
        <source>ready or further</source>
        <translation>bereit oder weiter</translation>
    </message>
    <message>
        <source>still to complete</source>
        <translation>noch zu ergänzen</translation>
    </message>
    <message>
        <source>Exporting needs another role.</source>
        <translation>Exportieren braucht eine andere Rolle.</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>Geschrieben: {file}</translation>
    </message>
</context>
<context>
    <name>ReportWords</name>
    <message>
        <source>Taken: {count}</source>
        <translation>Aufgenommen: {count}</translation>
    </message>
    <message>
        <source>Completed: {count}</source>
        <translation>Ergänzt: {count}</translation>
    </message>
    <message>
        <source>Unresolved: {count}</source>
        <translation>Unerledigt: {count}</translation>
    </message>
    <message>
        <source>Exposure: {amount}</source>
        <translation>Offenes Risiko: {amount}</translation>
    </message>
    <message>
        <source>By hour and agent: taken, completed, unresolved</source>
        <translation>Je Stunde und Person: aufgenommen, ergänzt, unerledigt</translation>
    </message>
    <message>
        <source>From {start} to {end}</source>
        <translation>Von {start} bis {end}</translation>
    </message>
    <message>
        <source>Handling time, half of the calls were shorter: {outage} in the outage, {online} online</source>
        <translation>Gesprächszeit, die Hälfte war kürzer: {outage} im Ausfall, {online} online</translation>
    </message>
    <message>
        <source>no calls with both times</source>
        <translation>keine Anrufe mit beiden Zeiten</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n Anruf</numerusform>
            <numerusform>%n Anrufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Date and time, from and until</source>
        <translation>Datum und Zeit, von und bis</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was ist kaputt</translation>
    </message>
    <message>
        <source>Danger: gas, smoke, shock, water, none</source>
        <translation>Gefahr: Gas, Rauch, Stromschlag, Wasser, keine</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Reachable when</source>
        <translation>Erreichbar wann</translation>
    </message>
    <message>
        <source>Paid? amount, date, reference (never a card number)</source>
        <translation>Bezahlt? Betrag, Datum, Referenz (nie eine Kartennummer)</translation>
    </message>
    <message>
        <source>Taken by</source>
        <translation>Aufgenommen von</translation>
    </message>
</context>
<context>
    <name>SameCustomerForm</name>
    <message>
        <source>The same as another customer</source>
        <translation>Derselbe wie ein anderer Kunde</translation>
    </message>
    <message>
        <source>Merge them</source>
        <translation>Zusammenlegen</translation>
    </message>
    <message>
        <source>Phone or name of the customer who stays</source>
        <translation>Telefon oder Name des Kunden, der bleibt</translation>
    </message>
    <message>
        <source>The customer who stays</source>
        <translation>Der Kunde, der bleibt</translation>
    </message>
    <message>
        <source>Nobody else here fits these words.</source>
        <translation>Sonst passt hier niemand zu diesen Worten.</translation>
    </message>
    <message>
        <source>Which one stays?</source>
        <translation>Wer bleibt?</translation>
    </message>
</context>
<context>
    <name>SavedCall</name>
    <message>
        <source>Close this call</source>
        <translation>Anruf schließen</translation>
    </message>
    <message>
        <source>Back to the call on hold</source>
        <translation>Zum gehaltenen Anruf</translation>
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
        <source>paid by the caller&apos;s word, amount not known</source>
        <translation>laut Anrufer bezahlt, Betrag nicht bekannt</translation>
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
    <name>Sayings</name>
    <message>
        <source>I see your calls up to {time}. If you rang since, please tell me what was agreed.</source>
        <translation>Ich sehe Ihre Anrufe bis {time}. Falls Sie seitdem angerufen haben, sagen Sie mir bitte, was vereinbart wurde.</translation>
    </message>
    <message>
        <source>I have your address and numbers as of {time}. Has anything changed since?</source>
        <translation>Ihre Anschrift und Nummern habe ich mit Stand {time}. Hat sich seitdem etwas geändert?</translation>
    </message>
    <message>
        <source>I see your plan as it was at {time}. I take the fault now; if your cover has changed, we ring you.</source>
        <translation>Ich sehe Ihren Vertrag mit Stand {time}. Ich nehme den Fehler jetzt auf; falls sich an der Abdeckung etwas geändert hat, rufen wir Sie an.</translation>
    </message>
    <message>
        <source>I have your devices as of {time}. If yours is newer, please read me its label.</source>
        <translation>Ihre Geräte habe ich mit Stand {time}. Ist Ihres neuer, lesen Sie mir bitte das Typenschild vor.</translation>
    </message>
    <message>
        <source>I see your ticket as it was at {time}. Somebody may have worked on it since.</source>
        <translation>Ich sehe Ihr Ticket mit Stand {time}. Seitdem kann jemand daran gearbeitet haben.</translation>
    </message>
    <message>
        <source>I cannot see payments made after {time} yet. I note yours; it is checked as soon as I can see it.</source>
        <translation>Zahlungen nach {time} sehe ich noch nicht. Ich vermerke Ihre; sie wird geprüft, sobald ich sie sehen kann.</translation>
    </message>
    <message>
        <source>I see your visit as planned at {time}. If it has moved, we ring you.</source>
        <translation>Ich sehe den Besuch bei Ihnen mit Stand {time}. Hat er sich verschoben, rufen wir Sie an.</translation>
    </message>
    <message>
        <source>I cannot see earlier calls just now. Please tell me what was agreed.</source>
        <translation>Frühere Anrufe sehe ich gerade nicht. Bitte sagen Sie mir, was vereinbart wurde.</translation>
    </message>
    <message>
        <source>I cannot see your record just now. Please tell me your address and a number.</source>
        <translation>Ihre Daten sehe ich gerade nicht. Bitte nennen Sie mir Ihre Anschrift und eine Nummer.</translation>
    </message>
    <message>
        <source>I cannot see your plan just now. I take the fault all the same; we check your cover and ring you.</source>
        <translation>Ihren Vertrag sehe ich gerade nicht. Ich nehme den Fehler trotzdem auf; wir prüfen die Abdeckung und rufen Sie an.</translation>
    </message>
    <message>
        <source>I cannot see your devices just now. Please read me the label of the one you ring about.</source>
        <translation>Ihre Geräte sehe ich gerade nicht. Bitte lesen Sie mir das Typenschild des Geräts vor, um das es geht.</translation>
    </message>
    <message>
        <source>I cannot see all of your ticket just now. Please tell me what you know of it.</source>
        <translation>Ich sehe gerade nicht alles zu Ihrem Ticket. Bitte sagen Sie mir, was Sie davon wissen.</translation>
    </message>
    <message>
        <source>I cannot see payments just now. I note yours; it is checked as soon as I can see it.</source>
        <translation>Zahlungen sehe ich gerade nicht. Ich vermerke Ihre; sie wird geprüft, sobald ich sie sehen kann.</translation>
    </message>
    <message>
        <source>I cannot see visits just now. We ring you to confirm the time.</source>
        <translation>Besuche sehe ich gerade nicht. Wir rufen Sie an und bestätigen die Zeit.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
</context>
<context>
    <name>SeedNotice</name>
    <message>
        <source>This desk began from a seed: central does not know it yet.</source>
        <translation>Dieser Platz begann aus einer Startdatei: Die Zentrale kennt ihn noch nicht.</translation>
    </message>
    <message>
        <source>It registers itself once central answers. Calls are taken and kept.</source>
        <translation>Er meldet sich an, sobald die Zentrale antwortet. Anrufe werden angenommen und aufgehoben.</translation>
    </message>
    <message>
        <source>Hand its work over</source>
        <translation>Arbeit übergeben</translation>
    </message>
    <message>
        <source>Another computer began from the same seed and is this desk at central.</source>
        <translation>Ein anderer Rechner begann aus derselben Startdatei und ist bei der Zentrale dieser Platz.</translation>
    </message>
    <message>
        <source>Nothing can be sent from here, and nothing is lost: hand the work to another desk, which asks for the fingerprint shown with the file. Then remove this one with its receipt, and enrol it again with a code of its own.</source>
        <translation>Von hier geht nichts hinaus, und nichts ist verloren: Übergeben Sie die Arbeit einem anderen Platz; er fragt nach dem Fingerabdruck, der mit der Datei gezeigt wird. Entfernen Sie dann diesen mit dessen Quittung, und melden Sie ihn mit eigenem Code neu an.</translation>
    </message>
</context>
<context>
    <name>SeedPanel</name>
    <message>
        <source>Enrol this computer from a seed</source>
        <translation>Diesen Rechner aus einer Startdatei einrichten</translation>
    </message>
    <message>
        <source>Central is not asked: the desk works at once, and registers itself when central answers.</source>
        <translation>Die Zentrale wird nicht gefragt: Der Platz arbeitet sofort und meldet sich an, wenn die Zentrale antwortet.</translation>
    </message>
    <message>
        <source>Make it a desk</source>
        <translation>Zum Platz machen</translation>
    </message>
    <message>
        <source>Seed file</source>
        <translation>Startdatei</translation>
    </message>
    <message>
        <source>Its passphrase</source>
        <translation>Ihre Passphrase</translation>
    </message>
    <message>
        <source>Fingerprint of the organisation, as compared</source>
        <translation>Fingerabdruck der Organisation, wie verglichen</translation>
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
    <name>SheetWords</name>
    <message>
        <source>Danger</source>
        <translation>Gefahr</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>Erreichbar</translation>
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
        <source>Fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Versprochen</translation>
    </message>
    <message>
        <source>{device} (this model is not supported: {told})</source>
        <translation>{device} (dieses Modell wird nicht unterstützt: {told})</translation>
    </message>
    <message>
        <source>{device} (the caller&apos;s words, the model is not known)</source>
        <translation>{device} (Worte des Anrufers, das Modell ist nicht bekannt)</translation>
    </message>
</context>
<context>
    <name>StatementColumns</name>
    <message>
        <source>Dates are written</source>
        <translation>Datum geschrieben</translation>
    </message>
    <message>
        <source>Amounts are written</source>
        <translation>Beträge geschrieben</translation>
    </message>
    <message>
        <source>Columns of</source>
        <translation>Spalten wie bei</translation>
    </message>
    <message>
        <source>Keep them under the name</source>
        <translation>Behalten unter dem Namen</translation>
    </message>
    <message>
        <source>for example: our-bank</source>
        <translation>zum Beispiel: hausbank</translation>
    </message>
    <message>
        <source>The first lines, as they would be read</source>
        <translation>Die ersten Zeilen, wie sie gelesen würden</translation>
    </message>
    <message>
        <source>Read it with these columns</source>
        <translation>Mit diesen Spalten lesen</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Paid out, if apart</source>
        <translation>Ausgang, falls getrennt</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Währung</translation>
    </message>
    <message>
        <source>Payer</source>
        <translation>Zahler</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Verwendungszweck</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>as the file shows it</source>
        <translation>wie in der Datei</translation>
    </message>
    <message>
        <source>day first: 18.11.2026</source>
        <translation>Tag zuerst: 18.11.2026</translation>
    </message>
    <message>
        <source>month first: 11/18/2026</source>
        <translation>Monat zuerst: 11/18/2026</translation>
    </message>
    <message>
        <source>year first: 2026-11-18</source>
        <translation>Jahr zuerst: 2026-11-18</translation>
    </message>
    <message>
        <source>with a comma: 1.234,50</source>
        <translation>mit Komma: 1.234,50</translation>
    </message>
    <message>
        <source>with a point: 1,234.50</source>
        <translation>mit Punkt: 1,234.50</translation>
    </message>
    <message>
        <source>this file</source>
        <translation>dieser Datei</translation>
    </message>
    <message>
        <source>A day and an amount are needed.</source>
        <translation>Ein Tag und ein Betrag sind nötig.</translation>
    </message>
</context>
<context>
    <name>StatementPreview</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Balances</source>
        <translation>Salden</translation>
    </message>
    <message>
        <source>Statements of the file</source>
        <translation>Auszüge der Datei</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Lines that cannot be read</source>
        <translation>Zeilen, die nicht lesbar sind</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Lassen</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>The file is being read.</source>
        <translation>Die Datei wird gelesen.</translation>
    </message>
    <message>
        <source>It is no statement that can be read.</source>
        <translation>Es ist kein lesbarer Kontoauszug.</translation>
    </message>
    <message>
        <source>{matched} settle claims by themselves, {suggested} to choose, {unmatched} fit nothing, {seen} were imported before</source>
        <translation>{matched} klären Angaben von selbst, {suggested} zur Auswahl, {unmatched} passen zu nichts, {seen} waren schon eingelesen</translation>
    </message>
    <message>
        <source>The balances of a statement and its lines differ.</source>
        <translation>Die Salden eines Auszugs und seine Zeilen stimmen nicht überein.</translation>
    </message>
    <message>
        <source>Something is missing or twice. Ask the bank for the whole file.</source>
        <translation>Etwas fehlt oder ist doppelt. Bitten Sie die Bank um die ganze Datei.</translation>
    </message>
    <message>
        <source>A statement does not add up.</source>
        <translation>Ein Auszug geht nicht auf.</translation>
    </message>
    <message>
        <source>A statement has no balances that could prove it whole.</source>
        <translation>Ein Auszug hat keine Salden, die ihn als vollständig belegen.</translation>
    </message>
    <message>
        <source>Compare the sums below by hand before you import it.</source>
        <translation>Vergleichen Sie die Summen unten von Hand, bevor Sie ihn einlesen.</translation>
    </message>
    <message>
        <source>The sums are right, import</source>
        <translation>Summen stimmen, einlesen</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) cannot be read.</source>
        <translation>
            <numerusform>%n Zeile ist nicht lesbar.</numerusform>
            <numerusform>%n Zeilen sind nicht lesbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>no account named</source>
        <translation>kein Konto genannt</translation>
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
        <source>what is saved here: {where}</source>
        <translation>hier Gesichertes: {where}</translation>
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
    <name>TakePanel</name>
    <message>
        <source>Take over another desk&apos;s work</source>
        <translation>Die Arbeit eines anderen Platzes übernehmen</translation>
    </message>
    <message>
        <source>Central is asked about each piece before this desk sends it: taking the same file twice changes nothing.</source>
        <translation>Zu jedem Stück wird die Zentrale gefragt, bevor dieser Platz es sendet: Dieselbe Datei zweimal zu übernehmen ändert nichts.</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>The file of that desk</source>
        <translation>Die Datei jenes Platzes</translation>
    </message>
    <message>
        <source>Receipt for that desk, a new file (may be left empty)</source>
        <translation>Quittung für jenen Platz, eine neue Datei (kann leer bleiben)</translation>
    </message>
    <message>
        <source>Fingerprint that the giving desk shows (only where it is asked for)</source>
        <translation>Fingerabdruck, den der übergebende Platz zeigt (nur wo danach gefragt wird)</translation>
    </message>
</context>
<context>
    <name>TaskPanel</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
        <source>Customer&apos;s name</source>
        <translation>Name der Kundin oder des Kunden</translation>
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
        <source>Part of</source>
        <translation>Teil von</translation>
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
        <source>only on this computer</source>
        <translation>nur auf diesem Rechner</translation>
    </message>
    <message>
        <source>in two places</source>
        <translation>an zwei Orten</translation>
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
        <source>Decision on a payment</source>
        <translation>Entscheidung über eine Zahlung</translation>
    </message>
    <message>
        <source>Payment settled by hand</source>
        <translation>Zahlung von Hand geklärt</translation>
    </message>
    <message>
        <source>File of evidence</source>
        <translation>Beleg als Datei</translation>
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
        <source>Model of a ticket</source>
        <translation>Modell eines Tickets</translation>
    </message>
    <message>
        <source>Proposed model</source>
        <translation>Vorgeschlagenes Modell</translation>
    </message>
    <message>
        <source>Approved model</source>
        <translation>Freigegebenes Modell</translation>
    </message>
    <message>
        <source>Rejected model</source>
        <translation>Abgelehntes Modell</translation>
    </message>
    <message>
        <source>Question about a model</source>
        <translation>Frage zu einem Modell</translation>
    </message>
    <message>
        <source>Answer about a model</source>
        <translation>Antwort zu einem Modell</translation>
    </message>
    <message>
        <source>Delegated model</source>
        <translation>Abgegebenes Modell</translation>
    </message>
    <message>
        <source>Remembered words</source>
        <translation>Gemerkte Worte</translation>
    </message>
    <message>
        <source>Changed words</source>
        <translation>Geänderte Worte</translation>
    </message>
    <message>
        <source>New catalog entry</source>
        <translation>Neuer Katalogeintrag</translation>
    </message>
    <message>
        <source>Changed catalog entry</source>
        <translation>Geänderter Katalogeintrag</translation>
    </message>
    <message>
        <source>Merged catalog entries</source>
        <translation>Zusammengeführte Katalogeinträge</translation>
    </message>
    <message>
        <source>Changed visit</source>
        <translation>Geänderter Besuch</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>told by phone</source>
        <translation>telefonisch gesagt</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>on the way</source>
        <translation>unterwegs</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>verpasst</translation>
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
        <source>After a day {service} still lacks what it is about</source>
        <translation>Nach einem Tag fehlt {service} noch immer, worum es geht</translation>
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
        <source>the caller&apos;s words</source>
        <translation>die Worte des Anrufers</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>nicht unterstützt</translation>
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
    <message>
        <source>Television</source>
        <translation>Fernseher</translation>
    </message>
    <message>
        <source>Fridge</source>
        <translation>Kühlschrank</translation>
    </message>
    <message>
        <source>Freezer</source>
        <translation>Gefriergerät</translation>
    </message>
    <message>
        <source>Washing machine</source>
        <translation>Waschmaschine</translation>
    </message>
    <message>
        <source>Dryer</source>
        <translation>Trockner</translation>
    </message>
    <message>
        <source>Dishwasher</source>
        <translation>Geschirrspüler</translation>
    </message>
    <message>
        <source>Oven</source>
        <translation>Backofen</translation>
    </message>
    <message>
        <source>Hob</source>
        <translation>Kochfeld</translation>
    </message>
    <message>
        <source>Laptop</source>
        <translation>Laptop</translation>
    </message>
    <message>
        <source>Desktop computer</source>
        <translation>Desktop-Rechner</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Monitor</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Tablet</source>
        <translation>Tablet</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Projector</source>
        <translation>Projektor</translation>
    </message>
    <message>
        <source>Remote control</source>
        <translation>Fernbedienung</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>Sensor</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Leuchte</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Schloss</translation>
    </message>
    <message>
        <source>Thermostat</source>
        <translation>Thermostat</translation>
    </message>
    <message>
        <source>Air conditioner</source>
        <translation>Klimagerät</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstiges</translation>
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
    <message>
        <source>Their page</source>
        <translation>Seite des Kunden</translation>
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
        <source>Find its model</source>
        <translation>Sein Modell suchen</translation>
    </message>
    <message>
        <source>The caller&apos;s words; a model is proposed, a supervisor decides.</source>
        <translation>Worte des Anrufers; ein Modell ist vorgeschlagen, eine Aufsicht entscheidet.</translation>
    </message>
    <message>
        <source>The caller&apos;s words; models come near, nobody has chosen one.</source>
        <translation>Die Worte des Anrufers; es gibt ähnliche Modelle, gewählt hat noch niemand.</translation>
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
        <source>Rating plate, read by {person}: {plate}</source>
        <translation>Typenschild, abgelesen von {person}: {plate}</translation>
    </message>
    <message>
        <source>Before: {what}</source>
        <translation>Davor: {what}</translation>
    </message>
    <message>
        <source>Back to the caller&apos;s words</source>
        <translation>Zurück zu den Worten des Anrufers</translation>
    </message>
    <message>
        <source>linked</source>
        <translation>zugeordnet</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>freigegeben</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>nicht unterstützt</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>told by phone at {time}</source>
        <translation>telefonisch gesagt um {time}</translation>
    </message>
    <message>
        <source>Complete it</source>
        <translation>Ergänzen</translation>
    </message>
</context>
<context>
    <name>TicketEdits</name>
    <message>
        <source>Assigned to you</source>
        <translation>Ihnen zugewiesen</translation>
    </message>
    <message>
        <source>Note left for {what}</source>
        <translation>Notiz für {what} hinterlassen</translation>
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
    <name>TicketHead</name>
    <message>
        <source>{person}, {time}</source>
        <translation>{person}, {time}</translation>
    </message>
</context>
<context>
    <name>TicketMerging</name>
    <message numerus="yes">
        <source>%n other ticket(s) are part of this one: {references}.</source>
        <translation>
            <numerusform>%n anderes Ticket ist Teil von diesem: {references}.</numerusform>
            <numerusform>%n andere Tickets sind Teil von diesem: {references}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Take apart</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>{reference} is part of another one</source>
        <translation>{reference} ist Teil eines anderen</translation>
    </message>
    <message>
        <source>Taken apart from {reference}</source>
        <translation>Von {reference} getrennt</translation>
    </message>
</context>
<context>
    <name>TicketPaper</name>
    <message>
        <source>Printed {time}, desk {desk}</source>
        <translation>Gedruckt {time}, Platz {desk}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
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
        <source>To complete</source>
        <translation>Zu ergänzen</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
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
        <source>Plan</source>
        <translation>Vertrag</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>Behauptet</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>As said</source>
        <translation>Wie gesagt</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Zugesagt</translation>
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
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Ergänzen</translation>
    </message>
    <message>
        <source>It is yours already.</source>
        <translation>Es ist schon Ihres.</translation>
    </message>
    <message>
        <source>The caller&apos;s words count already.</source>
        <translation>Es gelten schon die Worte des Anrufers.</translation>
    </message>
    <message>
        <source>A merged ticket stays as it is.</source>
        <translation>Ein zusammengeführtes Ticket bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Only a newer version of this program knows what follows this status.</source>
        <translation>Was auf diesen Status folgt, weiß nur eine neuere Version dieses Programms.</translation>
    </message>
    <message>
        <source>This model is not supported.</source>
        <translation>Dieses Modell wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>The caller said {words}.</source>
        <translation>Der Anrufer sagte {words}.</translation>
    </message>
    <message>
        <source>The model is not known.</source>
        <translation>Das Modell ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Change the status</source>
        <translation>Status ändern</translation>
    </message>
    <message>
        <source>The link is copied.</source>
        <translation>Der Link ist kopiert.</translation>
    </message>
</context>
<context>
    <name>TicketWork</name>
    <message>
        <source>Note saved at {reference}</source>
        <translation>Notiz bei {reference} gespeichert</translation>
    </message>
    <message>
        <source>Changed {reference}</source>
        <translation>{reference} geändert</translation>
    </message>
    <message>
        <source>Model of {reference} taken back</source>
        <translation>Modell von {reference} zurückgenommen</translation>
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
    <name>TicketsCard</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n Ticket</numerusform>
            <numerusform>%n Tickets</numerusform>
        </translation>
    </message>
    <message>
        <source>the ticket</source>
        <translation>das Ticket</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
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
        <source>no time said</source>
        <translation>ohne Zeitangabe</translation>
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
    <name>Unmerging</name>
    <message>
        <source>The customers are two again</source>
        <translation>Die Kunden sind wieder zwei</translation>
    </message>
</context>
<context>
    <name>VisitView</name>
    <message>
        <source>Visit by telephone</source>
        <translation>Besuch per Telefon</translation>
    </message>
    <message>
        <source>Print the sheet</source>
        <translation>Blatt drucken</translation>
    </message>
    <message>
        <source>The sheet, to read out</source>
        <translation>Das Blatt, zum Vorlesen</translation>
    </message>
    <message>
        <source>Who goes</source>
        <translation>Wer fährt</translation>
    </message>
    <message>
        <source>Name, area or what they repair</source>
        <translation>Name, Gebiet oder was sie reparieren</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Fachkraft</translation>
    </message>
    <message>
        <source>Phones</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Arbeitet</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Fachleute</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Told by phone at</source>
        <translation>Telefonisch gesagt um</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Told by phone</source>
        <translation>Telefonisch gesagt</translation>
    </message>
    <message>
        <source>No expert of the roster is chosen.</source>
        <translation>Keine Fachkraft der Liste ist gewählt.</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Besuch</translation>
    </message>
    <message>
        <source>{expert} was told by phone at {time}</source>
        <translation>{expert} weiß telefonisch Bescheid seit {time}</translation>
    </message>
</context>
<context>
    <name>Wayfinding</name>
    <message>
        <source>{at} of {count}</source>
        <translation>{at} von {count}</translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Why this line</source>
        <translation>Warum diese Zeile</translation>
    </message>
    <message>
        <source>Not this line</source>
        <translation>Nicht diese Zeile</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>Klären</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Verglichen</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Angabe</translation>
    </message>
    <message>
        <source>Statement line</source>
        <translation>Zeile im Auszug</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>{score} points; suggested, a person decides</source>
        <translation>{score} Punkte; vorgeschlagen, ein Mensch entscheidet</translation>
    </message>
    <message>
        <source>Settle a part</source>
        <translation>Einen Teil klären</translation>
    </message>
    <message>
        <source>No line to choose</source>
        <translation>Keine Zeile zur Wahl</translation>
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
        <source>1 call-back due now</source>
        <translation>1 Rückruf ist jetzt fällig</translation>
    </message>
    <message>
        <source>{count} call-backs due now</source>
        <translation>{count} Rückrufe sind jetzt fällig</translation>
    </message>
    <message>
        <source>Enrol this computer...</source>
        <translation>Diesen Rechner einrichten ...</translation>
    </message>
    <message>
        <source>Central&apos;s address and a code are needed.</source>
        <translation>Es braucht die Adresse der Zentrale und einen Code.</translation>
    </message>
    <message>
        <source>Start an outage drill</source>
        <translation>Eine Ausfallübung beginnen</translation>
    </message>
    <message>
        <source>The demo&apos;s central starts first; it invents its data.</source>
        <translation>Zuerst startet die Zentrale der Demo; sie erfindet ihre Daten.</translation>
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
    <name>WordsWork</name>
    <message>
        <source>Not supported</source>
        <translation>Nicht unterstützt</translation>
    </message>
    <message>
        <source>Mark as not supported</source>
        <translation>Als nicht unterstützt vermerken</translation>
    </message>
    <message>
        <source>What to tell the customer</source>
        <translation>Was dem Kunden gesagt wird</translation>
    </message>
    <message>
        <source>What is the customer told?</source>
        <translation>Was wird dem Kunden gesagt?</translation>
    </message>
    <message numerus="yes">
        <source>Linking resolves %n ticket(s)</source>
        <translation>
            <numerusform>Das Zuordnen klärt %n Ticket</numerusform>
            <numerusform>Das Zuordnen klärt %n Tickets</numerusform>
        </translation>
    </message>
    <message>
        <source>as {model}.</source>
        <translation>als {model}.</translation>
    </message>
    <message>
        <source>Remembered, the words mean it on every desk, later too.</source>
        <translation>Gemerkt, meinen die Worte es an jedem Platz, auch später.</translation>
    </message>
    <message>
        <source>The words fit other models as well and cannot be remembered.</source>
        <translation>Die Worte passen auch zu anderen Modellen und lassen sich nicht merken.</translation>
    </message>
    <message>
        <source>Linked to {model}</source>
        <translation>Zugeordnet: {model}</translation>
    </message>
    <message>
        <source>Remembered for {model}</source>
        <translation>Gemerkt für {model}</translation>
    </message>
    <message>
        <source>Marked as not supported</source>
        <translation>Als nicht unterstützt vermerkt</translation>
    </message>
    <message>
        <source>Proposed; a supervisor decides</source>
        <translation>Vorgeschlagen; eine Aufsicht entscheidet</translation>
    </message>
</context>
<context>
    <name>WorkActions</name>
    <message>
        <source>Approve the proposal</source>
        <translation>Vorschlag freigeben</translation>
    </message>
    <message>
        <source>Reject it, with a reason</source>
        <translation>Mit Grund ablehnen</translation>
    </message>
    <message>
        <source>The next one</source>
        <translation>Der nächste</translation>
    </message>
    <message>
        <source>Ask the proposer</source>
        <translation>Beim Vorschlagenden nachfragen</translation>
    </message>
    <message>
        <source>Answer the question</source>
        <translation>Frage beantworten</translation>
    </message>
    <message>
        <source>Let another supervisor decide</source>
        <translation>Eine andere Aufsicht entscheiden lassen</translation>
    </message>
    <message>
        <source>Link the tickets</source>
        <translation>Tickets zuordnen</translation>
    </message>
    <message>
        <source>Remember the words</source>
        <translation>Worte merken</translation>
    </message>
    <message>
        <source>Propose a new model</source>
        <translation>Neues Modell vorschlagen</translation>
    </message>
    <message>
        <source>Mark as not supported</source>
        <translation>Als nicht unterstützt vermerken</translation>
    </message>
    <message>
        <source>Enter the rating plate</source>
        <translation>Typenschild eintragen</translation>
    </message>
    <message>
        <source>The next candidate</source>
        <translation>Der nächste Kandidat</translation>
    </message>
    <message>
        <source>Find another model</source>
        <translation>Anderes Modell suchen</translation>
    </message>
    <message>
        <source>Open its ticket</source>
        <translation>Ticket dazu öffnen</translation>
    </message>
    <message>
        <source>Import the catalog</source>
        <translation>Katalog einlesen</translation>
    </message>
    <message>
        <source>Propose these words together</source>
        <translation>Diese Worte gemeinsam vorschlagen</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>Modell suchen</translation>
    </message>
    <message>
        <source>It is the same as another</source>
        <translation>Es ist dasselbe wie ein anderes</translation>
    </message>
    <message>
        <source>Two models after all</source>
        <translation>Doch zwei Modelle</translation>
    </message>
    <message>
        <source>Retire it, or support it again</source>
        <translation>Ausmustern oder wieder unterstützen</translation>
    </message>
    <message>
        <source>The next words</source>
        <translation>Die nächsten Worte</translation>
    </message>
    <message>
        <source>Forget the words</source>
        <translation>Worte vergessen</translation>
    </message>
    <message>
        <source>Point the words elsewhere</source>
        <translation>Worte anders zuordnen</translation>
    </message>
    <message>
        <source>Compare the values</source>
        <translation>Werte vergleichen</translation>
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
        <source>Decide on deletions</source>
        <translation>Über Löschungen entscheiden</translation>
    </message>
    <message>
        <source>Done, rung back</source>
        <translation>Erledigt, zurückgerufen</translation>
    </message>
    <message>
        <source>Triage the web backlog</source>
        <translation>Web-Rückstand sichten</translation>
    </message>
    <message>
        <source>Show the call-backs</source>
        <translation>Rückrufe zeigen</translation>
    </message>
    <message>
        <source>The outage before</source>
        <translation>Der Ausfall davor</translation>
    </message>
    <message>
        <source>The next outage</source>
        <translation>Der nächste Ausfall</translation>
    </message>
    <message>
        <source>Print it</source>
        <translation>Drucken</translation>
    </message>
    <message>
        <source>Call-backs, backlog, desks</source>
        <translation>Rückrufe, Rückstand, Plätze</translation>
    </message>
    <message>
        <source>Export it as CSV</source>
        <translation>Als CSV exportieren</translation>
    </message>
    <message>
        <source>Settle the claim with this line</source>
        <translation>Die Angabe mit dieser Zeile klären</translation>
    </message>
    <message>
        <source>Not this line</source>
        <translation>Nicht diese Zeile</translation>
    </message>
    <message>
        <source>Take the last decision back</source>
        <translation>Die letzte Entscheidung zurücknehmen</translation>
    </message>
    <message>
        <source>Open the claim&apos;s ticket</source>
        <translation>Das Ticket der Angabe öffnen</translation>
    </message>
    <message>
        <source>Import statement</source>
        <translation>Kontoauszug einlesen</translation>
    </message>
    <message>
        <source>Open cases only, or all</source>
        <translation>Nur offene Fälle, oder alle</translation>
    </message>
    <message>
        <source>Limits and the worst case</source>
        <translation>Grenzen und der schlimmste Fall</translation>
    </message>
    <message>
        <source>Which column of the file means what</source>
        <translation>Welche Spalte der Datei was bedeutet</translation>
    </message>
    <message>
        <source>Decide: verified</source>
        <translation>Entscheiden: geprüft</translation>
    </message>
    <message>
        <source>Decide: unpaid</source>
        <translation>Entscheiden: unbezahlt</translation>
    </message>
    <message>
        <source>Decide: disputed</source>
        <translation>Entscheiden: strittig</translation>
    </message>
    <message>
        <source>Decide: waived, the visit may go</source>
        <translation>Entscheiden: erlassen, der Besuch darf fahren</translation>
    </message>
    <message>
        <source>Back to the claims</source>
        <translation>Zurück zu den Angaben</translation>
    </message>
    <message>
        <source>To the first question</source>
        <translation>Zur ersten Frage</translation>
    </message>
    <message>
        <source>Open the ticket</source>
        <translation>Ticket öffnen</translation>
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
        <source>Coverage is verified</source>
        <translation>Abdeckung ist geprüft</translation>
    </message>
    <message>
        <source>They say it is paid</source>
        <translation>Sie sagen, es ist bezahlt</translation>
    </message>
    <message>
        <source>Coverage is waived</source>
        <translation>Abdeckung ist erlassen</translation>
    </message>
    <message>
        <source>Somebody new</source>
        <translation>Jemand Neues</translation>
    </message>
    <message>
        <source>Customer {number} is it</source>
        <translation>Kunde {number} ist es</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Told by phone</source>
        <translation>Telefonisch gesagt</translation>
    </message>
    <message>
        <source>Print the sheet</source>
        <translation>Blatt drucken</translation>
    </message>
    <message>
        <source>Back to the ticket</source>
        <translation>Zurück zum Ticket</translation>
    </message>
    <message>
        <source>Print blanks</source>
        <translation>Vordrucke drucken</translation>
    </message>
    <message>
        <source>Save and next</source>
        <translation>Speichern und weiter</translation>
    </message>
    <message>
        <source>As PDF</source>
        <translation>Als PDF</translation>
    </message>
</context>
<context>
    <name>Workplace</name>
    <message numerus="yes">
        <source>%n call-back(s) due now.</source>
        <translation>
            <numerusform>%n Rückruf ist jetzt fällig.</numerusform>
            <numerusform>%n Rückrufe sind jetzt fällig.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Zeigen</translation>
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
