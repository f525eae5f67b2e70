// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/addpooldialog.h"

#include "window/loginkeeper.h"

#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace qproxysql {

AddPoolDialog::AddPoolDialog(OwnPools pools, const LoginSource &login, QWidget *parent)
    : QDialog(parent)
    , m_pools(std::move(pools))
    , m_login(login)
    , m_name(new QLineEdit(this))
    , m_peers(new QLineEdit(this))
    , m_user(new QLineEdit(login.user, this))
    , m_password(new QLineEdit(this))
    , m_wrong(new QLabel(this))
    , m_results(new QPlainTextEdit(this))
{
    setWindowTitle(tr("Add Pool"));
    setAccessibleName(windowTitle());
    addFields();
    addButtons();
    connect(&m_prober, &PeerProber::probed, this, &AddPoolDialog::showResults);
    for (QLineEdit *edit : {m_name, m_peers, m_user})
        connect(edit, &QLineEdit::textChanged, this, &AddPoolDialog::check);
    check();
}

void AddPoolDialog::addFields()
{
    auto *const form = new QFormLayout(this);
    m_name->setObjectName(u"name"_s);
    m_name->setPlaceholderText(tr("as applications call it, as in: orders"));
    m_name->setAccessibleName(tr("Name of the pool"));
    form->addRow(tr("&Name:"), m_name);
    m_peers->setObjectName(u"peers"_s);
    m_peers->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
    m_peers->setPlaceholderText(u"db1:3306, db2:3306, db3:3306"_s);
    m_peers->setAccessibleName(tr("Peers"));
    form->addRow(tr("&Peers:"), m_peers);
    m_user->setObjectName(u"user"_s);
    m_user->setPlaceholderText(tr("none: only what applications report is seen"));
    m_user->setAccessibleName(tr("User"));
    form->addRow(tr("&User:"), m_user);
    m_password->setObjectName(u"password"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password"));
    form->addRow(tr("Pass&word:"), m_password);
    m_wrong->setWordWrap(true);
    m_wrong->setTextFormat(Qt::PlainText);
    form->addRow(m_wrong);
    m_results->setReadOnly(true);
    m_results->setTabChangesFocus(true);
    m_results->setAccessibleName(tr("Results of the connection test"));
    m_results->setPlaceholderText(tr("The connection test's results appear here."));
    m_results->setMaximumHeight(fontMetrics().lineSpacing() * 8);
    form->addRow(m_results);
}

void AddPoolDialog::addButtons()
{
    auto *const box = new QDialogButtonBox(this);
    m_add = box->addButton(tr("&Add"), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(u"add"_s);
    m_add->setAccessibleName(tr("Add"));
    m_add->setDefault(true);
    auto *const cancel = box->addButton(tr("&Cancel"), QDialogButtonBox::RejectRole);
    cancel->setAccessibleName(tr("Cancel"));
    m_test = box->addButton(tr("&Test Connection"), QDialogButtonBox::ActionRole);
    m_test->setObjectName(u"test"_s);
    m_test->setAccessibleName(tr("Test connection"));
    m_test->setAutoDefault(false);
    connect(m_test, &QPushButton::clicked, this, &AddPoolDialog::test);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(box, &QDialogButtonBox::accepted, this, &AddPoolDialog::add);
    static_cast<QFormLayout *>(layout())->addRow(box);
}

QString AddPoolDialog::resultText() const
{
    return m_results->toPlainText();
}

void AddPoolDialog::check()
{
    const bool isBegun = !m_name->text().isEmpty() || !m_peers->text().isEmpty();
    const QString wrong = m_pools.wrongWith(m_name->text(), m_peers->text());
    m_wrong->setText(isBegun ? wrong : QString());
    m_add->setEnabled(wrong.isEmpty());
    m_test->setEnabled(OwnPools::parsePeers(m_peers->text()).hasValue()
                       && !m_user->text().trimmed().isEmpty() && !m_prober.isProbing());
}

void AddPoolDialog::test()
{
    const auto peers = OwnPools::parsePeers(m_peers->text());
    if (!peers)
        return;
    m_login.user = m_user->text().trimmed();
    m_tested = m_login.with(m_password->text());
    if (!m_tested.login) {
        m_results->setPlainText(m_tested.error);
        return;
    }
    QList<PeerProber::Request> requests;
    for (const PeerDefinition &peer : *peers) {
        FullConnectRequest request;
        request.peer = peer.address;
        request.login = *m_tested.login;
        request.driver = PoolPolicy().peerDriver;
        requests.append({QString(), request});
    }
    m_results->setPlainText(tr("Connecting to %n peer(s)...", nullptr, int(requests.size())));
    m_prober.probe(requests);
    m_test->setEnabled(false);
}

void AddPoolDialog::showResults(const QList<PeerProbe> &probes)
{
    QStringList lines;
    for (const PeerProbe &probe : probes) {
        if (probe.isUp())
            lines.append(tr("%1: good, %2, %3 ms")
                                 .arg(probe.peer.name(), probe.facts.version,
                                      locale().toString(probe.connectMs.value_or(0), 'f', 1)));
        else
            lines.append(tr("%1: failed, %2").arg(probe.peer.name(), probe.message()));
        if (probe.isUp() && !probe.serverList.isChecked)
            lines.append(
                    tr("    its list of sessions is not seen: %1").arg(probe.serverList.whyNot));
    }
    if (std::ranges::any_of(probes, &PeerProbe::isLoginRefused))
        lines.append(LoginSource::tlsHint(m_tested.login->options));
    lines.removeAll(QString());
    m_results->setPlainText(lines.join(u'\n'));
    check();
}

void AddPoolDialog::add()
{
    const QString name = m_name->text().trimmed();
    const QString error = m_pools.add(name, m_peers->text());
    if (!error.isEmpty()) {
        m_wrong->setText(error);
        return;
    }
    Q_EMIT added(name, m_user->text().trimmed(), m_password->text());
    accept();
}

} // namespace qproxysql
