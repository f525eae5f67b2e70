// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/commands.h"
#include "docs/projecttree.h"

#include "config/connectoptions.h"
#include "config/poolfile.h"

#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace qproxysql;
using namespace qproxysql::docs;

/// What a reader copies from the documents: commands, pool files, connect options. Nothing is executed, but
/// parsed by what would execute it.
class tst_DocsCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plantedFaultsAreFound_data();
    void plantedFaultsAreFound();
    void linesAreSplit();
    void blocksAreRight_data();
    void blocksAreRight();
};

namespace {

/// What bash says of a text that it does not understand.
QString faultOfSyntax(const QString &text)
{
    QProcess bash;
    bash.start(u"bash"_s, {u"-n"_s, u"-c"_s, text});
    if (!bash.waitForFinished())
        return u"bash is missing"_s;
    return QString::fromUtf8(bash.readAllStandardError()).trimmed();
}

QString faultOfLine(const QString &line)
{
    if (const QString fault = faultOfSyntax(line); !fault.isEmpty())
        return fault;
    for (const ShellCommand &command : commandsOf(line)) {
        if (const QString fault = faultOfCommand(command); !fault.isEmpty())
            return fault;
    }
    return {};
}

QString faultOfPoolFile(const Document::Block &block)
{
    const auto file = PoolFile::parse(block.lines.join(u'\n').toUtf8(), u"the pool file"_s);
    return file ? QString() : file.error();
}

/// Of C++: what setConnectOptions() is given.
QString faultOfConnectOptions(const Document::Block &block)
{
    static const QRegularExpression call(u"setConnectOptions\\(\"(.*)\"\\)"_s);
    for (const QString &line : block.lines) {
        if (const auto match = call.match(line); match.hasMatch()) {
            const auto options = ConnectOptions::parse(match.captured(1), u"the text"_s);
            if (!options)
                return options.error();
        }
    }
    return {};
}

QStringList faultsOf(const Document &document)
{
    QStringList faults;
    for (const Document::Block &block : document.blocks()) {
        QStringList found;
        for (const QString &line : commandLines(block)) {
            if (const QString fault = faultOfLine(line); !fault.isEmpty())
                found.append(u"%1: %2"_s.arg(line, fault));
        }
        if (block.language == "ini"_L1)
            found.append(faultOfPoolFile(block));
        if (block.language == "cpp"_L1)
            found.append(faultOfConnectOptions(block));
        found.removeAll(QString());
        for (const QString &fault : std::as_const(found))
            faults.append(document.place(block.line) + ": "_L1 + fault);
    }
    return faults;
}

QString block(const char *language, const QString &text)
{
    return "```"_L1 + QLatin1StringView(language) + u'\n' + text + "\n```\n"_L1;
}

} // namespace

void tst_DocsCommands::plantedFaultsAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isRight");
    const auto add = [](const char *language, const char *text, bool isRight = false) {
        QTest::newRow(text) << block(language, QString::fromLatin1(text)) << isRight;
    };
    add("sh", "qproxysql-ctl drian db2");
    add("sh", "qproxysql-ctl drain db2 --watch 2"); // an option of another verb
    add("sh", "qproxysql-ctl drain db2 && qproxysql-ctl resume");
    add("sh", "qproxysql-monitor --demos");
    add("sh", "build/bin/qproxysql-sandbox start --server 3");
    add("sh", "qproxysql-clt list");
    add("sh", "scripts/tests");
    add("sh", "scripts/test --quick");
    add("sh", "cmake --preset fast");
    add("sh", "cmake --build build --target qsqlproxy");
    add("sh", "cmake -S . -B build -DQPROXYSQL_BUILD_TEST=OFF");
    add("sh", "ctest --test-dir build -R tst_losses");
    add("sh", "sudo apt-get install g++ libmariadb");
    add("sh", "grpo x");
    add("sh", "echo 'open");
    add("sh", "QPROXYSQL_OPTIONS=\"OPEN_DEADLINE=never\" ./myapp");
    add("sh", "QPROXYSQL_OPTION=\"OPEN_DEADLINE=1\" ./myapp");
    add("", "$ qproxysql-ctl lists");
    add("ini", "[orders]\npeers = db1\ncheck_interval = often");
    add("cpp", "db.setConnectOptions(\"POOL_FILES=x\");");
    add("sh", "sudo -u billing qproxysql-ctl drain db1:3306 --reason \"a; b\" # now", true);
    add("sh", "cmake --preset release && ctest --test-dir build-release -R tst_loss", true);
    add("", "no command\n$ qproxysql-ctl list \\\n  --json | head -3", true);
    add("ini", "[orders]\npeers = db1*3, db2\ncheck_interval = 5", true);
}

void tst_DocsCommands::plantedFaultsAreFound()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isRight);
    const QStringList faults = faultsOf(Document(u"docs/planted.md"_s, text));
    QVERIFY2(faults.isEmpty() == isRight, qPrintable(faults.join(u'\n')));
}

void tst_DocsCommands::linesAreSplit()
{
    const QList<ShellCommand> commands = commandsOf(
            u"A=1 sudo -u x run \"a b\"'c' $(one \"two\" | three) >f 2>&1 && for s in *; do go -x; done # no"_s);
    QCOMPARE(commands.size(), 4);
    QCOMPARE(commands.at(0).variables, QStringList(u"A=1"_s));
    QCOMPARE(commands.at(0).words, QStringList({u"run"_s, u"a bc"_s, u"$(one \"two\" | three)"_s}));
    QCOMPARE(commands.at(1).words, QStringList());
    QCOMPARE(commands.at(2).words, QStringList({u"go"_s, u"-x"_s}));
}

void tst_DocsCommands::blocksAreRight_data()
{
    QTest::addColumn<QString>("path");
    for (const QString &path : ProjectTree::instance().documents())
        QTest::newRow(qPrintable(path)) << path;
}

void tst_DocsCommands::blocksAreRight()
{
    QFETCH(const QString, path);
    const QStringList faults = faultsOf(Document::read(path));
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_GUILESS_MAIN(tst_DocsCommands)
#include "tst_docscommands.moc"
