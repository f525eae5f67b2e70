// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include <QtCore/QLibraryInfo>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Qt::StringLiterals;

/// Where cmake --install puts the driver's files, and that they work there.
class tst_Install : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysBelowThePrefix();
    void intoQtsOwnPrefix();

private:
    struct Ended
    {
        int code;
        QString out;
    };
    static Ended run(const QString &program, const QStringList &arguments,
                     const QString &variable = {});
    static QStringList install(const QString &prefix, const QString &staging = {});
};

tst_Install::Ended tst_Install::run(const QString &program, const QStringList &arguments,
                                    const QString &variable)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"QT_PLUGIN_PATH"_s);
    if (!variable.isEmpty())
        environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAll())};
}

/// The files that were written; none after a failure.
QStringList tst_Install::install(const QString &prefix, const QString &staging)
{
    const Ended ended = run(QStringLiteral(CMAKE_PROGRAM),
                            {u"--install"_s, QStringLiteral(BUILD_FOLDER), u"--prefix"_s, prefix,
                             u"--component"_s, u"driver"_s},
                            staging.isEmpty() ? QString() : u"DESTDIR="_s + staging);
    if (ended.code != 0) {
        qWarning("%s", qPrintable(ended.out));
        return {};
    }
    QStringList files;
    static const QRegularExpression line(u"^-- (?:Installing|Up-to-date): (.*)$"_s,
                                         QRegularExpression::MultilineOption);
    for (const auto &found : line.globalMatch(ended.out))
        files.append(found.captured(1));
    return files;
}

void tst_Install::staysBelowThePrefix()
{
    const QTemporaryDir folder;
    const QStringList files = install(folder.path());
    QVERIFY(!files.isEmpty());
    for (const QString &file : files)
        QVERIFY2(file.startsWith(folder.path() + u'/'), qPrintable(file));
    for (const QString &end : {u"/sqldrivers/libqsqlproxysql.so"_s,
                               u"/qproxysql/alias/sqldrivers/libqsqlproxysqlalias.so"_s,
                               u"/bin/qproxysql-run"_s, u"/man1/qproxysql-run.1"_s})
        QCOMPARE(files.filter(QRegularExpression(QRegularExpression::escape(end) + u'$')).size(), 1);

    // The program finds both plugins from where it lies, after a move of all, too.
    const QTemporaryDir elsewhere;
    const QString moved = elsewhere.filePath(u"moved"_s);
    QVERIFY(QDir().rename(folder.path(), moved));
    const Ended ended = run(moved + "/bin/qproxysql-run"_L1, {u"env"_s});
    QCOMPARE(ended.code, 0);
    static const QRegularExpression variable(u"^QT_PLUGIN_PATH=(.*)$"_s,
                                             QRegularExpression::MultilineOption);
    const QStringList path = variable.match(ended.out).captured(1).split(u':');
    QVERIFY2(path.value(0).startsWith(moved) && path.value(0).endsWith("/qproxysql/alias"_L1),
             qPrintable(ended.out));
    QVERIFY2(path.size() == 1 || path.at(1).startsWith(moved), qPrintable(ended.out));
}

void tst_Install::intoQtsOwnPrefix()
{
    const QTemporaryDir staging;
    const QString prefix = QLibraryInfo::path(QLibraryInfo::PrefixPath);
    const QString plugin = staging.path() + QLibraryInfo::path(QLibraryInfo::PluginsPath)
                           + "/sqldrivers/libqsqlproxysql.so"_L1;
    const QStringList files = install(prefix, staging.path());
    QVERIFY2(QFileInfo::exists(plugin), qPrintable(files.join(u' ')));
    for (const QString &file : files)
        QVERIFY2(file.startsWith(staging.path() + prefix + u'/'), qPrintable(file));
}

QTEST_GUILESS_MAIN(tst_Install)
#include "tst_install.moc"
