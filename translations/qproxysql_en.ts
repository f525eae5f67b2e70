<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>QProxySql</name>
    <message numerus="yes">
        <source>%1 of %n application(s) know</source>
        <translation>
            <numerusform>%1 of %n application knows</numerusform>
            <numerusform>%1 of %n applications know</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>server lists %n session(s): %1</source>
        <translation>
            <numerusform>server lists %n session: %1</numerusform>
            <numerusform>server lists %n sessions: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n silent application(s) passed over, as the operator wants it (accept silent): %1</source>
        <translation>
            <numerusform>%n silent application passed over, as the operator wants it (accept silent): %1</numerusform>
            <numerusform>%n silent applications passed over, as the operator wants it (accept silent): %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s) silent: %1</source>
        <translation>
            <numerusform>%n application silent: %1</numerusform>
            <numerusform>%n applications silent: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other peer(s) up</source>
        <translation>
            <numerusform>%n other peer up</numerusform>
            <numerusform>%n other peers up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) of clients that do not report here: %1</source>
        <translation>
            <numerusform>%n session of clients that do not report here: %1</numerusform>
            <numerusform>%n sessions of clients that do not report here: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s)</source>
        <translation>
            <numerusform>%n application</numerusform>
            <numerusform>%n applications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it does not obey (CONTROL=off), %n session(s)</source>
        <translation>
            <numerusform>it does not obey (CONTROL=off), %n session</numerusform>
            <numerusform>it does not obey (CONTROL=off), %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it has not noticed the drain, %n session(s)</source>
        <translation>
            <numerusform>it has not noticed the drain, %n session</numerusform>
            <numerusform>it has not noticed the drain, %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it does not follow the drain: in service in pool %1, %n session(s)</source>
        <translation>
            <numerusform>it does not follow the drain: in service in pool %1, %n session</numerusform>
            <numerusform>it does not follow the drain: in service in pool %1, %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>not used by %n application(s): %1</source>
        <translation>
            <numerusform>not used by %n application: %1</numerusform>
            <numerusform>not used by %n applications: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>not noticed by %n application(s)</source>
        <translation>
            <numerusform>not noticed by %n application</numerusform>
            <numerusform>not noticed by %n applications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>believed up by %n application(s), not checked</source>
        <translation>
            <numerusform>believed up by %n application, not checked</numerusform>
            <numerusform>believed up by %n applications, not checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 keeps %n session(s): %2</source>
        <translation>
            <numerusform>%1 keeps %n session: %2</numerusform>
            <numerusform>%1 keeps %n sessions: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QProxySqlMonitor</name>
    <message numerus="yes">
        <source>%1; and %n more</source>
        <comment>who keeps sessions there</comment>
        <translation>
            <numerusform>%1; and %n more</numerusform>
            <numerusform>%1; and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) left</source>
        <translation>
            <numerusform>%n session left</numerusform>
            <numerusform>%n sessions left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not yet safe to stop: %n session(s) left</source>
        <translation>
            <numerusform>Not yet safe to stop: %n session left</numerusform>
            <numerusform>Not yet safe to stop: %n sessions left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n moved</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%1 of %n moved</numerusform>
            <numerusform>%1 of %n moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other peer(s) up</source>
        <translation>
            <numerusform>%n other peer up</numerusform>
            <numerusform>%n other peers up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in use</source>
        <translation>
            <numerusform>%n in use</numerusform>
            <numerusform>%n in use</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in a transaction</source>
        <translation>
            <numerusform>%n in a transaction</numerusform>
            <numerusform>%n in a transaction</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) in five minutes</source>
        <translation>
            <numerusform>%n error in five minutes</numerusform>
            <numerusform>%n errors in five minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s)</source>
        <translation>
            <numerusform>%n application</numerusform>
            <numerusform>%n applications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s) silent</source>
        <translation>
            <numerusform>%n application silent</numerusform>
            <numerusform>%n applications silent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n up</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%1 of %n up</numerusform>
            <numerusform>%1 of %n up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slow</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n slow</numerusform>
            <numerusform>%n slow</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draining</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n draining</numerusform>
            <numerusform>%n draining</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drained</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n drained</numerusform>
            <numerusform>%n drained</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being checked</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n being checked</numerusform>
            <numerusform>%n being checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n down</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n down</numerusform>
            <numerusform>%n down</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without data</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n without data</numerusform>
            <numerusform>%n without data</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) now</source>
        <translation>
            <numerusform>%n session now</numerusform>
            <numerusform>%n sessions now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%1 of %n reachable</source>
        <translation>
            <numerusform>%1 of %n reachable</numerusform>
            <numerusform>%1 of %n reachable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new event(s)</source>
        <translation>
            <numerusform>%n new event</numerusform>
            <numerusform>%n new events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::AddPoolDialog</name>
    <message numerus="yes">
        <source>Connecting to %n peer(s)...</source>
        <translation>
            <numerusform>Connecting to %n peer...</numerusform>
            <numerusform>Connecting to %n peers...</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::DrainDialog</name>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <comment>that are drained</comment>
        <translation>
            <numerusform>%n peer</numerusform>
            <numerusform>%n peers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginPrompts</name>
    <message numerus="yes">
        <source>Login as %1 refused on %n server(s). Showing only what applications report.</source>
        <translation>
            <numerusform>Login as %1 refused on %n server. Showing only what applications report.</numerusform>
            <numerusform>Login as %1 refused on %n servers. Showing only what applications report.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No data about %n server(s) of %1: no application reports them, and no account is known. Log in to see them.</source>
        <translation>
            <numerusform>No data about %n server of %1: no application reports it, and no account is known. Log in to see it.</numerusform>
            <numerusform>No data about %n servers of %1: no application reports them, and no account is known. Log in to see them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::MainWindow</name>
    <message numerus="yes">
        <source>You may quit: the drain of %1 goes on without this window, since it is kept in the drain directory. It ends when somebody resumes the peer.</source>
        <translation>
            <numerusform>You may quit: the drain of %1 goes on without this window, since it is kept in the drain directory. It ends when somebody resumes the peer.</numerusform>
            <numerusform>You may quit: the drains of %1 go on without this window, since they are kept in the drain directory. They end when somebody resumes the peers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more pool(s)</source>
        <translation>
            <numerusform>and %n more pool</numerusform>
            <numerusform>and %n more pools</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::MonitorActions</name>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <comment>on a button</comment>
        <translation>
            <numerusform>%n peer</numerusform>
            <numerusform>%n peers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::PoolPage</name>
    <message numerus="yes">
        <source>(%n more selected)</source>
        <comment>peers</comment>
        <translation>
            <numerusform>(%n more selected)</numerusform>
            <numerusform>(%n more selected)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QProxySqlCtl</name>
    <message numerus="yes">
        <source>%n line(s) of the drain log could not be read and were left out</source>
        <translation>
            <numerusform>%n line of the drain log could not be read and was left out</numerusform>
            <numerusform>%n lines of the drain log could not be read and were left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventMemory</name>
    <message numerus="yes">
        <source>%n line(s) of %1 could not be read and were left out</source>
        <translation>
            <numerusform>%n line of %1 could not be read and was left out</numerusform>
            <numerusform>%n lines of %1 could not be read and were left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::Notifications</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
