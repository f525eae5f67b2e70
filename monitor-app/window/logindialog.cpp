// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/logindialog.h"

#include "window/dialogparts.h"
#include "window/filechoice.h"
#include "window/passwordkeychain.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace qproxysql {

LoginDialog::LoginDialog(const QString &source, const LoginSource &known, const QString &why,
                         QWidget *parent)
    : QDialog(parent)
    , m_user(new QLineEdit(known.user, this))
    , m_password(new QLineEdit(this))
    , m_ca(new QLineEdit(known.tls.ca, this))
    , m_cert(new QLineEdit(known.tls.cert, this))
    , m_key(new QLineEdit(known.tls.key, this))
{
    setWindowTitle(tr("Log in to the servers of %1").arg(source));
    setAccessibleName(windowTitle());
    auto *const form = new QFormLayout(this);
    const QString what = tr(
            "With an account of its own the window sees connect times and, with the "
            "right PROCESS, everybody's sessions.");
    auto *const text = new QLabel(why.isEmpty() ? what : why, this);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setMinimumWidth(fontMetrics().averageCharWidth() * 56);
    form->addRow(text);
    DialogParts::addLine(form, m_user, u"user"_s, tr("&User:"));
    m_password->setEchoMode(QLineEdit::Password);
    DialogParts::addLine(form, m_password, u"password"_s, tr("&Password:"));
    if (PasswordKeychain::isAvailable()) {
        m_keep = new QCheckBox(tr("&Keep it in the keychain"), this);
        m_keep->setAccessibleName(DialogParts::nameIn(m_keep->text()));
        form->addRow(m_keep);
    }
    addTlsFields(form);
    auto *const box = new QDialogButtonBox(this);
    QPushButton *const login = DialogParts::addButton(box, tr("&Log In"),
                                                      QDialogButtonBox::AcceptRole, u"login"_s);
    login->setDefault(true);
    login->setEnabled(!known.user.isEmpty());
    DialogParts::addButton(box, tr("&Cancel"), QDialogButtonBox::RejectRole);
    form->addRow(box);
    connect(m_user, &QLineEdit::textChanged, login,
            [login](const QString &name) { login->setEnabled(!name.trimmed().isEmpty()); });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(box, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT typed({m_user->text().trimmed(), {}, {}, tls()}, m_password->text(),
                     m_keep && m_keep->isChecked() ? LoginKeeper::Storage::Keychain
                                                   : LoginKeeper::Storage::Memory);
        accept();
    });
    (known.user.isEmpty() ? m_user : m_password)->setFocus();
}

void LoginDialog::addTlsFields(QFormLayout *form)
{
    const auto add = [this, form](QLineEdit *edit, const QString &object, const QString &label,
                                  const QString &hint) {
        const QString name = DialogParts::nameIn(label);
        edit->setObjectName(object);
        edit->setAccessibleName(name);
        edit->setPlaceholderText(hint);
        auto *const browse = new QToolButton(this);
        browse->setText(u"..."_s);
        browse->setAccessibleName(tr("Choose: %1").arg(name));
        connect(browse, &QToolButton::clicked, this, [this, edit, name] {
            const FileChoice choice{name,
                                    {tr("Certificates and keys (*.pem *.crt *.key)"),
                                     tr("All files (*)")}};
            choice.open(this, [edit](const QString &path) { edit->setText(path); });
        });
        auto *const row = new QHBoxLayout;
        row->addWidget(edit);
        row->addWidget(browse);
        form->addRow(label, row);
        qobject_cast<QLabel *>(form->labelForField(row))->setBuddy(edit);
    };
    add(m_ca, u"ca"_s, tr("C&A certificate:"), tr("none: without TLS"));
    add(m_cert, u"cert"_s, tr("Cl&ient certificate:"), tr("only where the account requires one"));
    add(m_key, u"key"_s, tr("Client k&ey:"), {});
}

TlsFiles LoginDialog::tls() const
{
    return TlsFiles{m_ca->text().trimmed(), m_cert->text().trimmed(), m_key->text().trimmed()}
            .absolute();
}

} // namespace qproxysql
