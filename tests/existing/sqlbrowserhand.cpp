// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include <QtCore/QTimer>
#include <QtGui/QGenericPlugin>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlTableModel>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTableView>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int StepMs = 15;
constexpr int MostTries = 5;

void say(const QString &text)
{
    std::puts(qPrintable(text));
    std::fflush(stdout);
}

template<typename Widget>
Widget *part(const QWidget *window, const char *name)
{
    auto *found = window->findChild<Widget *>(QLatin1String(name));
    if (!found)
        qFatal("sqlbrowserhand: sqlbrowser has no %s", name);
    return found;
}

QWidget *window(const QString &name)
{
    for (QWidget *widget : QApplication::allWidgets()) {
        if (widget->objectName() == name && widget->isVisible())
            return widget;
    }
    return nullptr;
}

} // namespace

/// The hand that works in Qt's example sqlbrowser, which is not changed: fills the dialog, opens the table
/// test.edits, and writes "edit N" into the cell of each row by keys. What is refused is submitted again some
/// times, then given up. Says on standard output what it did.
class SqlBrowserHand : public QObject
{
    Q_OBJECT

public:
    SqlBrowserHand()
    {
        auto *timer = new QTimer(this);
        timer->callOnTimeout(this, &SqlBrowserHand::step);
        timer->start(StepMs);
    }

private:
    void step()
    {
        if (const auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget()))
            qFatal("sqlbrowserhand: %s", qPrintable(box->text()));
        QWidget *const browser = window(u"Browser"_s);
        if (QWidget *const dialog = window(u"QSqlConnectionDialogUi"_s))
            connectBy(qobject_cast<QDialog *>(dialog));
        else if (browser && !m_table)
            openTable(browser);
        else if (m_table && m_isTyped)
            submit();
        else if (m_table)
            edit();
    }

    void connectBy(QDialog *dialog)
    {
        if (std::exchange(m_isConnecting, true))
            return;
        part<QComboBox>(dialog, "comboDriver")->setCurrentText(qEnvironmentVariable("HAND_DRIVER"));
        part<QLineEdit>(dialog, "editHostname")->setText(qEnvironmentVariable("HAND_HOST"));
        part<QSpinBox>(dialog, "portSpinBox")->setValue(qEnvironmentVariableIntValue("HAND_PORT"));
        part<QLineEdit>(dialog, "editDatabase")->setText(u"test"_s);
        part<QLineEdit>(dialog, "editUsername")->setText(u"app"_s);
        part<QLineEdit>(dialog, "editPassword")->setText(u"secret"_s);
        dialog->accept();
    }

    void openTable(QWidget *browser)
    {
        const QString name = QSqlDatabase::connectionNames().value(0);
        if (name.isEmpty())
            return;
        auto *connections = part<QWidget>(browser, "connectionWidget");
        QMetaObject::invokeMethod(connections, "tableActivated", Q_ARG(QString, u"edits"_s));
        m_table = part<QTableView>(browser, "table");
        m_model = qobject_cast<QSqlTableModel *>(m_table->model());
        if (!m_model || m_model->rowCount() == 0)
            qFatal("sqlbrowserhand: test.edits does not show");
        const QSqlDriver *driver = QSqlDatabase::database(name, false).driver();
        say(u"peer "_s + driver->property("currentPeer").toString());
    }

    void edit()
    {
        if (m_row >= m_model->rowCount())
            return end();
        const QModelIndex cell = m_model->index(m_row, 1);
        m_table->setCurrentIndex(cell);
        m_table->edit(cell);
        auto *const editor = m_table->viewport()->findChild<QLineEdit *>();
        if (!editor)
            return giveUp();
        editor->selectAll();
        QTest::keyClicks(editor, u"edit %1"_s.arg(m_row));
        QTest::keyClick(editor, Qt::Key_Return);
        m_isTyped = true;
        ++m_asked;
    }

    // By leaving the row, as sqlbrowser has it.
    void submit()
    {
        m_table->setCurrentIndex(m_model->index((m_row + 1) % m_model->rowCount(), 1));
        if (m_model->isDirty(m_model->index(m_row, 1)) && !m_model->submitAll())
            return ++m_tries < MostTries ? void() : giveUp();
        say(u"stored %1"_s.arg(m_row));
        next();
    }

    void giveUp()
    {
        say(u"refused %1: %2"_s.arg(m_row).arg(m_model->lastError().text().simplified()));
        m_model->revertAll();
        ++m_refused;
        next();
    }

    void next()
    {
        ++m_row;
        m_tries = 0;
        m_isTyped = false;
        if (m_model->rowCount() == 0)
            end();
    }

    void end()
    {
        say(u"end asked %1 refused %2"_s.arg(m_asked).arg(m_refused));
        std::_Exit(0);
    }

    bool m_isConnecting = false;
    QTableView *m_table = nullptr;
    QSqlTableModel *m_model = nullptr;
    int m_row = 0;
    bool m_isTyped = false;
    int m_tries = 0;
    int m_asked = 0;
    int m_refused = 0;
};

/// Loaded by any program of Qt: QT_QPA_GENERIC_PLUGINS=sqlbrowserhand.
class SqlBrowserHandPlugin final : public QGenericPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "sqlbrowserhand.json")

public:
    QObject *create(const QString &, const QString &) override { return new SqlBrowserHand; }
};

#include "sqlbrowserhand.moc"
