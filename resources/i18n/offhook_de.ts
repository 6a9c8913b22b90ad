<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Anywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After saving a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the call-backs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search and commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the call to the open ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try everything now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What still works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold the lanes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to call {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models to resolve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payments not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All open tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call-backs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all, no filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this filter as a view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this saved view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complete and correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promise something</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The promise was kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep as draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throw this call away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropped call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold or go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payment claim</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promise or call-back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No danger, a false alarm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the caller was checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else is calling for the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to that ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is another fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model {number} is it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the caller&apos;s words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe all now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done, rung back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallAssist</name>
    <message>
        <source>Caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Postcode or reference they say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They named the plan number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open tickets of this caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To complete later</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>nobody known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>no open ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not what is on the record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) in the last 30 days</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not kept yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last promise: {what}{until}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address and plan are covered until the caller is checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No plan on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs to {date}. {covers}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of these holds up saving.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is the device?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When is somebody there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is it covered?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallBacksView</name>
    <message>
        <source>Call-backs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done, rung back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n within a week</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n past due</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody waits to be rung back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promises and dropped calls stand here until they are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call dropped; ring back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallForm</name>
    <message>
        <source>Caller phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is calling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After 17:00, neighbour has the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ring back with a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relation to the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else is calling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says it was paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promise or call-back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallScreen</name>
    <message>
        <source>Dropped call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep as draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reference}, saved here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no name yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read as {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{danger}: “{words}”. Say: {say}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No danger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the device alone and get to safety.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ring 112 or 999.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add now, send later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as a call-back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save and send later</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n candidate(s), differences marked</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>the customer&apos;s own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The customer&apos;s own device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept as said; it joins Models to resolve.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like {reference}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This call is added to {reference}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you write under Fault becomes a note there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it a ticket of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft kept {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking whether the call was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your words are kept here. Do not type them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Central has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Central did not take it as it is. It waits for a person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved on this computer at {time}. It is on its way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved on this computer at {time}. It is sent by itself when Tickets answers.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClaimFields</name>
    <message>
        <source>Amount paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payment reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bank transfer, shop, app</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2026-11-18</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the claim</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An amount such as 89.00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not verified: {amount} claimed. It settles by itself when Billing knows of it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>from this computer, {ms} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a ticket&apos;s reference, read right</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>New call with</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DemoActions</name>
    <message>
        <source>Demo: cut central</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo: bring central back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FieldsForm</name>
    <message>
        <source>Complete and correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept as it was said.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep as a view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>due today</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>Lanes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LeaveNote</name>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write something.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Lanes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutageLine</name>
    <message>
        <source>What still works</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n sent</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls, tickets, search, notes and promises work on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What needs {services} is sent by itself later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last good contact: {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{services} unreachable since {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New tickets are saved on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>none waits yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls and tickets go on; its data is shown with its age.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutgoingView</name>
    <message>
        <source>Outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything decided at this desk is at central.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>oldest {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order per ticket is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>tried %n time(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>when decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as soon as it can</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be under way; only what is unsent can be edited.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>What was saved before is safe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk of this computer is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your words are kept on the screen; what was saved before is safe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, then save again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking whether it was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your words are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not type them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program holds this desk&apos;s data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the other program, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of this desk&apos;s data was not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data is still there, encrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock the keyring or give the passphrase; else ask for recovery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key does not fit this desk&apos;s data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the right passphrase; else ask for recovery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desk&apos;s data is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent tickets are safe at central; the journal has the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run offhook doctor, then restore the last backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer program wrote this desk&apos;s data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the newer program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No desk is enrolled here yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run offhook enrol with the code of your organisation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A phone number or a name is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong with it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is too long to keep in one field: 2 000 000 characters at most.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PromiseForm</name>
    <message>
        <source>Promise something</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the promise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ring back with a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To whom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is promised?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>Ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Danger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Past due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Within the hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tomorrow and later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueueScreen</name>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n past due</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is assigned to you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New calls land here; unassigned tickets wait for somebody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the unassigned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here, and that is good news</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filter hides every ticket here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first mirror is still on its way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets has not answered yet. Next try {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not yet on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReplaceForm</name>
    <message>
        <source>Edit what waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is tried again as it stands.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SavedCall</name>
    <message>
        <source>Close this call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read this out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as a call-back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount} claimed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the caller&apos;s words, in Models to resolve</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPanel</name>
    <message>
        <source>Palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size and language build the screens anew; open calls stay open.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusView</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>six services, each on its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe all now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last good contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data as of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first mirror: {here} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) here</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>none answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>watching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>long-poll</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Terms</name>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No danger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoke or fire</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Electric shock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Water</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number where somebody can be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is the device?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong with it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which device is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is it covered?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller&apos;s phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relation to the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model, as said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Safety</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Priority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claimed, not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waived by a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from this desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from central</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Billing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promise kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payment claim</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call completed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposed model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number on the customer record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last digits fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number on an earlier ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>much the same words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Just written, not tried yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{service} does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{service} answers too slowly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something else answers in place of {service}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{service} answers with old data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{service} has trouble of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{service} asks to wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It waits for an earlier change of the same ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An earlier change of the same ticket needs review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desk must sign in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By postcode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By plan number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Carer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>three</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>four</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>five</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>six</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>eight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Thread</name>
    <message>
        <source>Thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n earlier entries are not shown here.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Central</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>took the call</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TicketCards</name>
    <message>
        <source>Ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Priority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Safety</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No name yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>customer since {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs to {date}. {covers}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No plan is known on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The caller&apos;s words; the model is not resolved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller said “{words}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No device named yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial {serial}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complete it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TicketForm</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TicketView</name>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is yours already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A merged ticket stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{person}, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed at central too: {fields}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was overwritten; your values wait here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised to {whom}: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save and send later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note saved at {reference}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed {reference}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised at {reference}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promise kept at {reference}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimeWords</name>
    <message>
        <source>{length} over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {length}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{length} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Saved here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stale, as of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken in outage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Danger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Web</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Walk-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>talking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 call open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} calls open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the caller&apos;s words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>goes to Models to resolve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes back what was filled in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Del</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search tickets, customers, models, or type a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the words of the lanes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>oldest {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} need review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 needs review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open beside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only this kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing on this computer matches “{query}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step}, done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step}, now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step}, to come</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Workplace</name>
    <message numerus="yes">
        <source>%n call(s) were not finished.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Open them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nine calls are open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close one of them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the call-back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{at} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note left for {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assigned to you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who works here?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{roles}, desk {code}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Head</name>
    <message>
        <source>Taken {time} by {person} in the outage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken {time} by {person}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>central</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
