// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/optiontable.h"
#include "config/poolfile.h"

#include <QtCore/QDirIterator>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

// What messages and documents refer to is there where cmake --install puts the documents.
class tst_Documents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void messagesNameInstalledDocuments();
    void linksLeadToInstalledFiles();
    void examplePoolFileHasEveryKey();

private:
    QString installed(const QString &path) const { return m_root.path() + path; }

    QTemporaryDir m_root;
};

namespace {

const QString sources = QStringLiteral(PROJECT_SOURCES);
const QString docs = QStringLiteral(QPROXYSQL_DOCS);

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList filesBelow(const QString &folder, const QStringList &names)
{
    QStringList files;
    QDirIterator it(folder, names, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        files.append(it.next());
    return files;
}

} // namespace

void tst_Documents::initTestCase()
{
    QProcess install;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DESTDIR"_s, m_root.path());
    install.setProcessEnvironment(environment);
    install.setProcessChannelMode(QProcess::MergedChannels);
    install.start(QStringLiteral(CMAKE_PROGRAM),
                  {u"--install"_s, QStringLiteral(BUILD_FOLDER), u"--component"_s, u"doc"_s});
    QVERIFY(install.waitForFinished());
    QVERIFY2(install.exitCode() == 0, install.readAll().constData());
}

void tst_Documents::messagesNameInstalledDocuments()
{
    static const QRegularExpression comment(u"(^|\\s)//.*$"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression document(u"(QPROXYSQL_DOCS \")?([\\w/.-]*\\.md)\\b"_s);
    QStringList named;
    for (const auto folder : {"/src"_L1, "/sqldriver"_L1, "/monitor-app"_L1, "/translations"_L1}) {
        for (const QString &file :
             filesBelow(sources + folder,
                        {u"*.cpp"_s, u"*.h"_s, u"*.ts"_s, u"*.1"_s, u"*.bash"_s, u"*.sh"_s})) {
            const QString text = textOf(file).remove(comment);
            for (auto it = document.globalMatch(text); it.hasNext();) {
                const auto match = it.next();
                QVERIFY2(!match.captured(1).isEmpty(),
                         qPrintable(file + " names "_L1 + match.captured(2)
                                    + " without the folder that it is installed into"_L1));
                named.append(match.captured(2));
            }
        }
    }
    QVERIFY(!named.isEmpty());
    for (const QString &name : std::as_const(named))
        QVERIFY2(QFileInfo::exists(installed(docs + name)), qPrintable(docs + name));
}

void tst_Documents::linksLeadToInstalledFiles()
{
    static const QRegularExpression link(u"\\]\\(([^)#:\\s]+)(#[^)]*)?\\)"_s);
    const QStringList files = filesBelow(m_root.path(), {u"*.md"_s});
    QVERIFY(files.size() > 15);
    for (const QString &file : files) {
        for (auto it = link.globalMatch(textOf(file)); it.hasNext();) {
            const QString target = it.next().captured(1);
            QVERIFY2(QFileInfo::exists(QFileInfo(file).path() + u'/' + target),
                     qPrintable(file + " links to "_L1 + target));
        }
    }
}

// With each of them switched on it is still a pool file.
void tst_Documents::examplePoolFileHasEveryKey()
{
    QString text = textOf(installed(docs + "/example/qproxysql.ini"_L1));
    static const QRegularExpression key(u"^#(\\w+ = )"_s, QRegularExpression::MultilineOption);
    text.replace(key, u"\\1"_s);
    const auto file = PoolFile::parse(text.toUtf8(), u"qproxysql.ini"_s);
    QVERIFY2(file, qPrintable(file.error()));
    QCOMPARE(file->poolNames(), QStringList{u"orders"_s});
    QCOMPARE(file->warnings().size(), 0);
    for (const OptionInfo &info : optionTable()) {
        const QString line = u'\n' + QString::fromLatin1(info.name).toLower() + " = "_L1;
        QVERIFY2(!info.policy || text.contains(line), info.name);
    }
}

QTEST_GUILESS_MAIN(tst_Documents)
#include "tst_documents.moc"
