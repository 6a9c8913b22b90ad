<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CallAssist</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n open ticket</numerusform>
            <numerusform>%n open tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) in the last 30 days</source>
        <translation>
            <numerusform>%n call in the last 30 days</numerusform>
            <numerusform>%n calls in the last 30 days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallBacksView</name>
    <message numerus="yes">
        <source>%n within a week</source>
        <translation>
            <numerusform>%n within a week</numerusform>
            <numerusform>%n within a week</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a time</source>
        <translation>
            <numerusform>%n without a time</numerusform>
            <numerusform>%n without a time</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n past due</source>
        <translation>
            <numerusform>%n past due</numerusform>
            <numerusform>%n past due</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Calling</name>
    <message numerus="yes">
        <source>%n call(s) were not finished.</source>
        <translation>
            <numerusform>%n call was not finished.</numerusform>
            <numerusform>%n calls were not finished.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CatalogView</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CatchUpCards</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n unsent</numerusform>
            <numerusform>%n unsent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>ticket(s) came in by web meanwhile</source>
        <translation>
            <numerusform>ticket came in by web meanwhile</numerusform>
            <numerusform>tickets came in by web meanwhile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n are at central, once each.</source>
        <translation>
            <numerusform>The one is at central, once (%n).</numerusform>
            <numerusform>All %n are at central, once each.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not at central yet; kept here.</source>
        <translation>
            <numerusform>%n not at central yet; kept here.</numerusform>
            <numerusform>%n not at central yet; kept here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n caller(s) were promised a call back.</source>
        <translation>
            <numerusform>%n caller was promised a call back.</numerusform>
            <numerusform>%n callers were promised a call back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n past due</source>
        <translation>
            <numerusform>%n past due</numerusform>
            <numerusform>%n past due</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CatchUpWords</name>
    <message numerus="yes">
        <source>%n claim(s) not verified</source>
        <translation>
            <numerusform>%n claim not verified</numerusform>
            <numerusform>%n claims not verified</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n by phone</source>
        <translation>
            <numerusform>%n by phone</numerusform>
            <numerusform>%n by phone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n walk-in</source>
        <translation>
            <numerusform>%n walk-in</numerusform>
            <numerusform>%n walk-in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to complete</source>
        <translation>
            <numerusform>%n to complete</numerusform>
            <numerusform>%n to complete</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compare %n field(s)</source>
        <translation>
            <numerusform>Compare %n field</numerusform>
            <numerusform>Compare %n fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose model, %n candidate(s)</source>
        <translation>
            <numerusform>Choose model, %n candidate</numerusform>
            <numerusform>Choose model, %n candidates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClaimFigures</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClaimRows</name>
    <message numerus="yes">
        <source>%n possible line(s)</source>
        <translation>
            <numerusform>%n possible line</numerusform>
            <numerusform>%n possible lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CurrencyMeter</name>
    <message numerus="yes">
        <source>%n visit(s) {visits}, claimed {claimed}</source>
        <translation>
            <numerusform>%n visit {visits}, claimed {claimed}</numerusform>
            <numerusform>%n visits {visits}, claimed {claimed}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerMerging</name>
    <message numerus="yes">
        <source>%n other record(s) are this customer: {names}.</source>
        <translation>
            <numerusform>%n other record is this customer: {names}.</numerusform>
            <numerusform>%n other records are this customer: {names}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerView</name>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n open ticket</numerusform>
            <numerusform>%n open tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) in the last 30 days</source>
        <translation>
            <numerusform>%n call in the last 30 days</numerusform>
            <numerusform>%n calls in the last 30 days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeskWorkActions</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n operation</numerusform>
            <numerusform>%n operations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnrichmentView</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EntryDetail</name>
    <message numerus="yes">
        <source>%n wording(s)</source>
        <translation>
            <numerusform>%n wording</numerusform>
            <numerusform>%n wordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) read by these words</source>
        <translation>
            <numerusform>%n ticket reads as it by these words</numerusform>
            <numerusform>%n tickets read as it by these words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EntryWork</name>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n open ticket</numerusform>
            <numerusform>%n open tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wording(s)</source>
        <translation>
            <numerusform>%n wording</numerusform>
            <numerusform>%n wordings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandOverActions</name>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) with promises</source>
        <translation>
            <numerusform>%n ticket with promises</numerusform>
            <numerusform>%n tickets with promises</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call-back(s)</source>
        <translation>
            <numerusform>%n call-back</numerusform>
            <numerusform>%n call-backs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportForm</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take in %n row(s)</source>
        <translation>
            <numerusform>Take in %n row</numerusform>
            <numerusform>Take in %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message numerus="yes">
        <source>%n candidate(s), differences marked</source>
        <translation>
            <numerusform>%n candidate</numerusform>
            <numerusform>%n candidates, differences marked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelDetail</name>
    <message numerus="yes">
        <source>%n ticket(s) wait</source>
        <translation>
            <numerusform>%n ticket waits</numerusform>
            <numerusform>%n tickets wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelFoot</name>
    <message numerus="yes">
        <source>Propose %n wording(s)…</source>
        <translation>
            <numerusform>Propose %n wording…</numerusform>
            <numerusform>Propose %n wordings…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Link %n ticket(s)</source>
        <translation>
            <numerusform>Link %n ticket</numerusform>
            <numerusform>Link %n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message numerus="yes">
        <source>%n to approve</source>
        <translation>
            <numerusform>%n to approve</numerusform>
            <numerusform>%n to approve</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to resolve</source>
        <translation>
            <numerusform>%n to resolve</numerusform>
            <numerusform>%n to resolve</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n candidate(s)</source>
        <translation>
            <numerusform>%n candidate</numerusform>
            <numerusform>%n candidates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OtherDisputed</name>
    <message numerus="yes">
        <source>%n other record(s) changed in two places.</source>
        <translation>
            <numerusform>%n other record was changed in two places.</numerusform>
            <numerusform>%n other records were changed in two places.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutageLine</name>
    <message numerus="yes">
        <source>%n sent</source>
        <translation>
            <numerusform>%n sent</numerusform>
            <numerusform>%n sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n is waiting</numerusform>
            <numerusform>%n are waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutgoingView</name>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>tried %n time(s)</source>
        <translation>
            <numerusform>tried once</numerusform>
            <numerusform>tried %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Oversight</name>
    <message numerus="yes">
        <source>{service}: %n record(s) were deleted at central and nobody announced it.</source>
        <translation>
            <numerusform>{service}: %n record was deleted at central and nobody announced it.</numerusform>
            <numerusform>{service}: %n records were deleted at central and nobody announced it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n merge(s) lead in a circle.</source>
        <translation>
            <numerusform>%n merge leads in a circle.</numerusform>
            <numerusform>%n merges lead in a circle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) stand at central though they were taken back.</source>
        <translation>
            <numerusform>%n change stands at central though it was taken back.</numerusform>
            <numerusform>%n changes stand at central though they were taken back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) here were not as at central.</source>
        <translation>
            <numerusform>%n record here was not as at central.</numerusform>
            <numerusform>%n records here were not as at central.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaperView</name>
    <message numerus="yes">
        <source>Print %n blanks</source>
        <translation>
            <numerusform>Print %n blank</numerusform>
            <numerusform>Print %n blanks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still on paper</source>
        <translation>
            <numerusform>%n still on paper</numerusform>
            <numerusform>%n still on paper</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaymentsView</name>
    <message numerus="yes">
        <source>%n claim(s)</source>
        <translation>
            <numerusform>%n claim</numerusform>
            <numerusform>%n claims</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n held</numerusform>
            <numerusform>%n held</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProposalWork</name>
    <message numerus="yes">
        <source>Approving resolves %n waiting ticket(s)</source>
        <translation>
            <numerusform>Approving resolves %n waiting ticket</numerusform>
            <numerusform>Approving resolves %n waiting tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueExport</name>
    <message numerus="yes">
        <source>%n ticket(s) written.</source>
        <translation>
            <numerusform>%n ticket written.</numerusform>
            <numerusform>%n tickets written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueScreen</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n past due</source>
        <translation>
            <numerusform>%n past due</numerusform>
            <numerusform>%n past due</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportWords</name>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatementPreview</name>
    <message numerus="yes">
        <source>%n line(s) cannot be read.</source>
        <translation>
            <numerusform>%n line cannot be read.</numerusform>
            <numerusform>%n lines cannot be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusView</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n is waiting</numerusform>
            <numerusform>%n are waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) here</source>
        <translation>
            <numerusform>%n record here</numerusform>
            <numerusform>%n records here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Thread</name>
    <message numerus="yes">
        <source>%n earlier entries are not shown here.</source>
        <translation>
            <numerusform>%n earlier entry is not shown here.</numerusform>
            <numerusform>%n earlier entries are not shown here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TicketCards</name>
    <message numerus="yes">
        <source>%n open ticket(s)</source>
        <translation>
            <numerusform>%n open ticket</numerusform>
            <numerusform>%n open tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TicketMerging</name>
    <message numerus="yes">
        <source>%n other ticket(s) are part of this one: {references}.</source>
        <translation>
            <numerusform>%n other ticket is part of this one: {references}.</numerusform>
            <numerusform>%n other tickets are part of this one: {references}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TicketsCard</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WordsWork</name>
    <message numerus="yes">
        <source>Linking resolves %n ticket(s)</source>
        <translation>
            <numerusform>Linking resolves %n ticket</numerusform>
            <numerusform>Linking resolves %n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Workplace</name>
    <message numerus="yes">
        <source>%n call-back(s) due now.</source>
        <translation>
            <numerusform>%n call-back due now.</numerusform>
            <numerusform>%n call-backs due now.</numerusform>
        </translation>
    </message>
</context>
</TS>
